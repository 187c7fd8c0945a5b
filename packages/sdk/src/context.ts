import { fitTexts } from "./texts.js";
import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

/** What the page openly says of its surroundings; nothing is probed. */
export function contextOf(window: Window, consent: Consent, app: string | undefined): Context {
  const { screen, innerWidth, innerHeight, navigator } = window;
  return fitTexts(
    {
      locale: navigator.language,
      timezone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      screen: `${screen.width}x${screen.height}`,
      viewport: `${innerWidth}x${innerHeight}`,
      sdk: `balise-js/${VERSION}`,
      ...(app && { app }),
      consent,
    },
    true,
  );
}
