import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

/** Not in all browsers, and not in TypeScript yet (https://tc39.es/proposal-temporal/). */
const { Temporal }: typeof globalThis & { Temporal?: { Now: { timeZoneId(): string } } } =
  globalThis;

/** A page that has lived for so long has other things behind it. */
const LATER_MS = 3000;

/**
 * What the page openly says of its surroundings; nothing is probed. The viewport is left out:
 * reading it would make the browser lay out the page at once.
 */
export function createContext(
  app: string | undefined,
  after: (run: () => unknown, ms: number) => unknown,
): (consent: Consent) => Context {
  let timezone: string | undefined;
  // Asked so, the browser loads its locale library, which takes some ten milliseconds.
  if (!Temporal) {
    after(() => (timezone = new Intl.DateTimeFormat().resolvedOptions().timeZone), LATER_MS);
  }
  return (consent) => ({
    locale: navigator.language,
    timezone: Temporal?.Now.timeZoneId() ?? timezone,
    screen: `${screen.width}x${screen.height}`,
    sdk: `balise-js/${VERSION}`,
    app,
    consent,
  });
}
