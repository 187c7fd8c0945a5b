import { FIREFOX_REMEDY, lookUpFirefox } from "../../scripts/firefox.mjs";
import { lookUpWebKit, WEBKIT_REMEDY } from "../../scripts/webkit.mjs";
import { findChromium } from "../../scripts/chromium.mjs";
import type { Engine } from "./engine.js";
import { launchChromium, launchFirefox } from "./puppeteer.js";
import { launchWebKit } from "./webkit.js";

export interface Available {
  name: "Chromium" | "Firefox" | "WebKit";
  launch: () => Promise<Engine>;
}

/** The engines of this machine; `npm test` has installed them where it could. */
export async function availableEngines(): Promise<Available[]> {
  const chromium = await findChromium();
  const firefox = lookUpFirefox();
  const webkit = lookUpWebKit();
  const engines: Available[] = [{ name: "Chromium", launch: () => launchChromium(chromium) }];
  if (firefox) engines.push({ name: "Firefox", launch: () => launchFirefox(firefox) });
  else missing("Firefox", FIREFOX_REMEDY);
  if (webkit) engines.push({ name: "WebKit", launch: () => launchWebKit(webkit) });
  else missing("WebKit", WEBKIT_REMEDY);
  return engines;
}

function missing(name: string, remedy: string): void {
  process.stderr.write(`balise: NOT RUN in ${name}: ${remedy}\n`);
}
