import fc from "fast-check";
import type { Input, Kind } from "./input.js";
import { AT_ONCE, type Plan } from "./plan.js";
import { type Target, tryInput } from "./try-input.js";

/** Plays one chunk of a plan: each kind has its share of it, in an order that the seed gives. */
export async function playChunk(
  target: Target,
  kinds: readonly Kind[],
  plan: Plan,
  place: number,
): Promise<void> {
  const seed = plan.seed + place;
  target.tally.place = ` (chunk ${place})`;
  const whole = kinds.reduce((sum, { share }) => sum + share, 0);
  const inputs = kinds.flatMap(({ name, share, inputs: made }): [string, Input][] =>
    fc
      .sample(made, { seed, numRuns: Math.max(1, Math.round((plan.chunk * share) / whole)) })
      .map((input) => [name, input]),
  );
  const order =
    fc.sample(fc.shuffledSubarray(inputs, { minLength: inputs.length }), {
      seed,
      numRuns: 1,
    })[0] ?? [];
  const queue = order.values();
  const work = async (): Promise<void> => {
    for (const [kind, input] of queue) await tryInput(target, kind, input);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
