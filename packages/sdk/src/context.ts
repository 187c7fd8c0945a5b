import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

/**
 * What the page openly says of its surroundings; nothing is probed. The viewport is left out:
 * reading it would make the browser lay out the page at once.
 */
export function contextOf(
  consent: Consent,
  app: string | undefined,
  timezone: string | null,
): Context {
  return {
    locale: navigator.language,
    ...(timezone && { timezone }),
    screen: `${screen.width}x${screen.height}`,
    sdk: `balise-js/${VERSION}`,
    ...(app && { app }),
    consent,
  };
}

/** The first call in a page takes some ten milliseconds: not before the page has loaded. */
export function askTimezone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
