import { askFunnel, askQuery, peopleOf } from "../support/ask.js";
import type { Collector } from "../support/collector.js";
import type { Cast } from "./cast.js";
import { stepOf, STEPS } from "./story.js";

/** A question to the product, its answer, and the same from the ledger. */
export interface Answered {
  question: string;
  product: string;
  ledger: string;
}

const SHOP = ["chaos_view", "chaos_cart", "chaos_paid"];
const TWICE = ["chaos_once", "chaos_once"];

/** Asks the product over HTTP what the ledger knows: an event sent again counts once. */
export async function askQuestions(
  collector: Collector,
  cast: Cast,
  stored: Uint8Array,
  linked: ReadonlySet<string>,
): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const steps of [SHOP, TWICE]) {
    const rows = await askFunnel(collector, { steps });
    answered.push({
      question: `funnel ${steps.join(" ")}`,
      product: peopleOf(rows).join(" "),
      ledger: funnelOf(cast, stored, linked, steps).join(" "),
    });
  }
  const names = await askQuery<{ name: string; events: number | string }>(
    collector,
    "event_names",
    {},
  );
  answered.push({
    question: "event_names",
    product: inOrder(names.map(({ name, events }) => `${name} ${events}`)),
    ledger: inOrder([...namesOf(stored)].map(([name, events]) => `${name} ${events}`)),
  });
  return answered;
}

/** People per step: the steps in their order, each by an event of its own. */
function funnelOf(
  cast: Cast,
  stored: Uint8Array,
  linked: ReadonlySet<string>,
  steps: readonly string[],
): number[] {
  const people = steps.map(() => 0);
  for (let first = 0; first < stored.length; first += STEPS) {
    const reached = new Map<string, number>();
    for (let event = first; event < first + STEPS; event++) {
      if ((stored[event] ?? 0) === 0) continue;
      const { device, name, user } = stepOf(event);
      const person = first / STEPS;
      const known =
        user === true || linked.has(`${cast.device(person, device)} ${cast.user(person)}`);
      const unit = known ? "user" : `device ${device}`;
      const depth = reached.get(unit) ?? 0;
      if (name === steps[depth]) reached.set(unit, depth + 1);
    }
    for (const depth of reached.values())
      for (let step = 0; step < depth; step++) people[step] = (people[step] ?? 0) + 1;
  }
  return people;
}

function namesOf(stored: Uint8Array): Map<string, number> {
  const names = new Map<string, number>();
  stored.forEach((rows, event) => {
    const { name } = stepOf(event);
    if (rows > 0) names.set(name, (names.get(name) ?? 0) + 1);
  });
  return names;
}

function inOrder(texts: readonly string[]): string {
  return texts.toSorted().join(", ");
}
