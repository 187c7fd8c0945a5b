import type { ConsentState } from "./options.js";

export interface ConsentGate {
  /** The state that holds, browser signals included. */
  state(): ConsentState;
  decide(state: ConsentState): void;
  /** Runs at once, or when the visitor has decided; never once the visitor refused. */
  run(action: () => void): void;
}

/** More than a visitor does before deciding; the oldest go. */
const WAITING = 1000;

/**
 * What waits for a decision waits in memory alone: before it, nothing may be stored. `refused`
 * tells of a refusal in any tab. A page that is prepared ahead waits, until it is shown.
 */
export function createConsent(
  current: ConsentState,
  limited: boolean,
  refused: () => boolean,
): ConsentGate {
  let waiting: (() => void)[] = [];
  let hidden = Reflect.get(document, "prerendering") === true;

  const state = (): ConsentState =>
    refused() ? "denied" : limited && current === "full" ? "exempt" : current;

  function settle(): void {
    if (hidden || state() === "pending") return;
    const actions = waiting;
    waiting = [];
    for (const action of actions) if (state() !== "denied") action();
  }

  document.addEventListener("prerenderingchange", () => {
    hidden = false;
    settle();
  });
  return {
    state,
    decide(next) {
      current = next;
      settle();
    },
    run(action) {
      waiting = [...waiting, action].slice(-WAITING);
      settle();
    },
  };
}
