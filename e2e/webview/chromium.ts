import type { Browser, Page } from "playwright-core";
import { type App, type Hear, saying } from "./app.js";

/**
 * What the shells of apps put into the pages that they show, over `heard(text)`, a function that
 * Chromium exposes: it resolves with the app's answer as text. `evaluates` tells that the answer
 * goes back by evaluating.
 */
const SHELLS = {
  "Android, addJavascriptInterface": {
    evaluates: true,
    script: `window.BaliseAndroid = { postMessage(text) { heard(text); } };`,
  },
  "Android, addWebMessageListener": {
    evaluates: false,
    script: `{
      const port = new EventTarget();
      port.postMessage = (text) =>
        void heard(text).then((data) => data && port.dispatchEvent(new MessageEvent("message", { data })));
      window.BaliseAndroid = port;
    }`,
  },
  "React Native": {
    evaluates: true,
    script: `window.ReactNativeWebView = { postMessage(text) { heard(text); } };`,
  },
  "Flutter, webview_flutter": {
    evaluates: true,
    script: `window.Balise = { postMessage(text) { heard(text); } };`,
  },
  "Flutter, flutter_inappwebview": {
    evaluates: false,
    script: `window.flutter_inappwebview = {
      callHandler: async (name, text) => (name === "balise" ? heard(text) : null),
    };`,
  },
} as const;

export type ShellName = keyof typeof SHELLS;
/** Every shell but WebKit's. */
export const SHELL_NAMES = Object.keys(SHELLS) as ShellName[];

/** An app whose webview is a page of Chromium. */
export async function startChromium(browser: Browser, name: ShellName): Promise<App> {
  const { evaluates, script } = SHELLS[name];
  const context = await browser.newContext({ viewport: { width: 400, height: 700 } });
  let hear: Hear = async () => undefined;
  await context.exposeBinding("heard", async ({ page }, text: string) => {
    const message = await hear(text);
    if (!evaluates) return JSON.stringify(message ?? null);
    // The page may be gone by now.
    if (message) await page.evaluate(saying(message)).catch(() => undefined);
    return undefined;
  });
  await context.addInitScript(script);
  let page: Page = await context.newPage();
  return {
    listen: (to) => void (hear = to),
    async open(url) {
      await page.goto(url);
    },
    async inject(more) {
      await context.addInitScript(more);
    },
    evaluate: (expression) => page.evaluate(expression),
    say: (message) => page.evaluate(saying(message)),
    async kill() {
      const devTools = await context.newCDPSession(page);
      const crashed = page.waitForEvent("crash");
      // It has no answer to give.
      void devTools.send("Page.crash").catch(() => undefined);
      await crashed;
      await page.close();
      page = await context.newPage();
    },
    close: () => context.close(),
  };
}
