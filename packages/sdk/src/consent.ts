import type { ConsentState, TagOptions } from "./options.js";

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
 * tells of a refusal in any tab. A page that is prepared ahead waits until it is shown.
 */
export function createConsent(options: TagOptions, refused: () => unknown): ConsentGate {
  let { consent = "full" } = options;
  let waiting: (() => void)[] = [];
  // https://privacycg.github.io/gpc-spec/: true or absent, and not in TypeScript's DOM yet.
  const signals: Navigator & { globalPrivacyControl?: boolean } = navigator;
  const page: Document & { prerendering?: boolean } = document;

  function state(): ConsentState {
    if (refused()) return "denied";
    if (page.prerendering) return "pending";
    const limited =
      (options.respectGpc !== false && signals.globalPrivacyControl) ||
      (options.respectDnt && signals.doNotTrack === "1");
    return limited && consent === "full" ? "exempt" : consent;
  }

  return {
    state,
    decide(next) {
      consent = next;
    },
    run(action) {
      waiting = [...waiting, action].slice(-WAITING);
      if (state() === "pending") return;
      const actions = waiting;
      waiting = [];
      for (const run of actions) if (state() !== "denied") run();
    },
  };
}
