import { VERSION } from "./version.js";
import type { Consent, Context } from "./wire.js";

let timezone: string | undefined;
let viewport: string | undefined;

/**
 * What the page openly says of its surroundings; nothing is probed. The viewport comes from an
 * observer: reading it would make the browser lay out the page at once.
 */
export function contextOf(consent: Consent, app: string | undefined): Context {
  return {
    locale: navigator.language,
    timezone: (timezone ??= new Intl.DateTimeFormat().resolvedOptions().timeZone),
    screen: sizeOf(screen),
    viewport,
    sdk: `balise-js/${VERSION}`,
    app,
    consent,
  };
}

export function watchViewport(): void {
  new IntersectionObserver(([entry]) => {
    if (entry?.rootBounds) viewport = sizeOf(entry.rootBounds);
  }).observe(document.documentElement);
}

function sizeOf({ width, height }: { width: number; height: number }): string {
  return `${width}x${height}`;
}
