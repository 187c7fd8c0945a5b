import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

let timezone: string | undefined;

/**
 * What the page openly says of its surroundings; nothing is probed. The viewport is left out:
 * reading it would make the browser lay out the page at once.
 */
export function contextOf(consent: Consent, app: string | undefined): Context {
  return {
    locale: navigator.language,
    timezone: (timezone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone),
    screen: `${screen.width}x${screen.height}`,
    sdk: `balise-js/${VERSION}`,
    app,
    consent,
  };
}
