import type { ExposuresAnswer } from "../survey-rules.js";
import type { AskingContext } from "./context.js";
import { exposuresIn, keepExposures } from "./exposures.js";

/** How long a survey waits to hear what other devices showed. */
const PATIENCE_MS = 2000;

/**
 * Remembers what this person was shown on other devices, as far as the collector says so in time.
 * Only of those who agreed: it tells the collector who is about to be asked.
 */
export async function learn(context: AskingContext): Promise<void> {
  const { platform, options, memories, isFull, person, url } = context;
  if (!isFull()) return;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), PATIENCE_MS);
  try {
    const answer = await platform.fetch(url("exposures"), {
      method: "POST",
      body: JSON.stringify({ writeKey: options.key, ...person() }),
      signal: abort.signal,
    });
    const { exposures }: ExposuresAnswer = await answer.json();
    const own = exposuresIn(memories);
    const others = exposures.filter(({ id }) => own.every((one) => one.id !== id));
    if (others[0]) keepExposures(memories, [...own, ...others]);
  } catch {
    // Offline, or too late: what was last known holds.
  }
  clearTimeout(timer);
}
