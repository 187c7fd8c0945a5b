import type { Store } from "../storage.js";
import type { SurveysOptions } from "./options.js";

/**
 * What the visitor's decision allows, by the rules of the tag (`consent.ts`): `full`, `exempt`, or
 * nothing, while it waits or where it was refused in any tab.
 */
export function createPlane(options: SurveysOptions, shared: Store, denied: string) {
  let { consent = "full" } = options;
  // Both are not in TypeScript's DOM yet; see consent.ts.
  const signals: Navigator & { globalPrivacyControl?: boolean } = navigator;
  const page: Document & { prerendering?: boolean } = document;
  return {
    decide(state: typeof consent): void {
      consent = state;
    },
    get(): "full" | "exempt" | undefined {
      if (shared.get(denied) || page.prerendering || consent === "pending" || consent === "denied")
        return undefined;
      const limited =
        (options.respectGpc !== false && signals.globalPrivacyControl) ||
        (options.respectDnt && signals.doNotTrack === "1");
      return limited ? "exempt" : consent;
    },
  };
}
