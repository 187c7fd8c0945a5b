import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import type { ShowOptions } from "../survey/kit.js";
import type { Survey } from "../survey.js";
import type { Event } from "../wire.js";
import { collectorServer, pageServer } from "./collector-server.js";

export interface SurveyPage {
  page: Page;
  /** What arrived, each event once. */
  told: () => Event[];
  complaints: string[];
  close: () => Promise<void>;
}

export interface SurveyPageOptions extends BrowserContextOptions {
  show?: Omit<ShowOptions, "target" | "onReport" | "onClose">;
  /** What the page says beside it, and how it looks. */
  body?: string;
  css?: string;
  /** As users have it; else the tests may look inside. @default false */
  closed?: boolean;
  lang?: string;
}

const POLICY = "default-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Opens a page under a strict policy that shows the survey; its console and errors are watched. */
export async function openSurvey(
  browser: Browser,
  dist: string,
  survey: Survey,
  {
    show = {},
    body = "<main><h1>Page</h1><button>Page</button><div></div></main>",
    css = "",
    closed = false,
    lang = "en",
    ...context
  }: SurveyPageOptions = {},
): Promise<SurveyPage> {
  const collector = await collectorServer(Buffer.from(""));
  const main = `
    import { createTag } from "/sdk/index.js";
    import { showAnySurvey } from "/sdk/widgets/all.js";
    globalThis.reports = [];
    const tag = createTag({ key: "wk", host: "${collector.url}", batchDelay: 20, traits: ["need"] });
    globalThis.again = (survey, options) => {
      globalThis.showing?.close();
      globalThis.showing = showAnySurvey(tag, survey, {
        ...options,
        target: document.querySelector("main div"),
        onReport: (...report) => reports.push(report),
      });
    };
    again(${JSON.stringify(survey)}, ${JSON.stringify(show)});
    globalThis.ready = true;`;
  const site = await pageServer(
    {
      "/": `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>Page</title><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"></head><body>${body}<script type="module" src="/main.js"></script></body></html>`,
      "/main.js": main,
      "/page.css": css,
      "/next": "<!doctype html><title>Next</title>",
      ...(await modules(dist)),
    },
    { "content-security-policy": `${POLICY}; img-src 'self' data:; connect-src ${collector.url}` },
  );
  const opened = await browser.newContext({ reducedMotion: "reduce", ...context });
  // Nothing else lets a test look into what users' pages cannot.
  if (!closed) {
    await opened.addInitScript(() => {
      // oxlint-disable-next-line typescript/unbound-method -- only ever applied to an element
      const { attachShadow } = Element.prototype;
      Element.prototype.attachShadow = function (init) {
        return attachShadow.call(this, { ...init, mode: "open" });
      };
    });
  }
  const page = await opened.newPage();
  page.setDefaultTimeout(10_000);
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(site.url);
  await page.waitForFunction("globalThis.ready");
  return {
    page,
    told: () =>
      Object.values(Object.fromEntries(collector.accepted.map((event) => [event.id, event]))),
    complaints,
    async close() {
      await opened.close();
      await site.close();
      await collector.close();
    },
  };
}

export async function modules(dist: string): Promise<Record<string, string>> {
  const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith(".js"));
  const texts = files.map(async (file) => [
    `/sdk/${file}`,
    await readFile(join(dist, file), "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}
