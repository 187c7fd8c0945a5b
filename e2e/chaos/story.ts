/** What one person does: five events, the same for the same number, so that the ledger need not keep them. */
interface Step {
  name: string;
  /** Which of the person's two devices. */
  device: 0 | 1;
  /** The event names the person's user id. */
  user?: true;
  carries?: "feedback" | "contact";
  /** The event lacks what the contract asks for. */
  bad?: true;
}

export const STEPS = 5;

const noise: Step = { name: "chaos_noise", device: 0 };
const view: Step = { name: "chaos_view", device: 0 };
const cart: Step = { name: "chaos_cart", device: 0 };
const paid: Step = { name: "chaos_paid", device: 0 };
const once: Step = { name: "chaos_once", device: 0 };
const bad: Step = { ...noise, bad: true };
const answer: Step = { ...noise, carries: "feedback" };
const contact: Step = { ...noise, carries: "contact" };
const login: Step = { name: "chaos_login", device: 0, user: true };
const elsewhere = (step: Step): Step => ({ ...step, device: 1, user: true });

const STORIES: readonly (readonly Step[])[] = [
  [view, cart, paid, noise, noise],
  [view, cart, noise, noise, noise],
  [view, noise, noise, noise, noise],
  [view, paid, noise, noise, noise],
  [view, login, elsewhere(cart), elsewhere(paid), noise],
  [once, answer, answer, contact, noise],
  [once, once, bad, answer, noise],
  [view, bad, cart, answer, paid],
];

/** The person of an event's number. */
export function personOf(event: number): number {
  return Math.floor(event / STEPS);
}

export function stepOf(event: number): Step {
  const story = STORIES[personOf(event) % STORIES.length];
  return story?.[event % STEPS] ?? noise;
}
