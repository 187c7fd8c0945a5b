import { LEAVING } from "./scenarios/leaving.js";
import { NETWORK } from "./scenarios/network.js";
import { RETURNING } from "./scenarios/returning.js";
import type { Scenario } from "./scenarios/scenario.js";
import { SURROUNDINGS } from "./scenarios/surroundings.js";

/** In the order of their letters. */
export const SCENARIOS: readonly Scenario[] = [
  ...LEAVING,
  ...RETURNING,
  ...NETWORK,
  ...SURROUNDINGS,
].toSorted((a, b) => place(a) - place(b));

/** Z comes before AA. */
function place({ letter }: Scenario): number {
  return letter.length * 1000 + (letter.codePointAt(letter.length - 1) ?? 0);
}
