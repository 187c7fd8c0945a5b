import { LIMITS } from "@balise/schema/limits";
import { cut } from "./cut.js";
import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

/** What the page openly says of its surroundings; nothing is probed. */
export function contextOf(window: Window, consent: Consent, app: string | undefined): Context {
  const { screen, innerWidth, innerHeight, navigator } = window;
  return {
    locale: cut(navigator.language, LIMITS.shortCharacters),
    timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    screen: `${screen.width}x${screen.height}`,
    viewport: `${innerWidth}x${innerHeight}`,
    sdk: `balise-js/${VERSION}`,
    ...(app && { app: cut(app, LIMITS.shortCharacters) }),
    consent,
  };
}
