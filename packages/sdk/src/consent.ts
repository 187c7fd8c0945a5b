import type { ConsentState } from "./options.js";

export interface ConsentGate {
  /** The state that holds, Global Privacy Control included. */
  state(): ConsentState;
  decide(state: ConsentState): void;
  /** Runs at once, or when the visitor has decided; never once the visitor refused. */
  run(action: () => void): void;
}

/** More than a visitor does before deciding; the oldest go. */
const WAITING = 1000;

/** What waits for a decision waits in memory alone: before it, nothing may be stored. */
export function createConsent(initial: ConsentState, limited: boolean): ConsentGate {
  let current = initial;
  let waiting: (() => void)[] = [];
  const state = (): ConsentState => (limited && current === "full" ? "exempt" : current);
  return {
    state,
    decide(next) {
      current = next;
      if (next === "pending") return;
      const actions = waiting;
      waiting = [];
      if (next !== "denied") for (const action of actions) action();
    },
    run(action) {
      if (current === "pending") {
        waiting.push(action);
        if (waiting.length > WAITING) waiting.shift();
      } else if (current !== "denied") action();
    },
  };
}
