import { FATIGUE_ADVICE } from "@balise/schema";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { SurveysOptions } from "../asking/options.js";
import type { Exposure, TagConfig, TagSurvey } from "../survey-rules.js";
import { collectorServer, pageServer } from "./collector-server.js";
import { modules } from "./survey-page.js";

/** A survey of one question, with what a test changes. */
export function dueSurvey(change: Partial<TagSurvey> = {}): TagSurvey {
  return {
    id: "checkout",
    version: 1,
    kind: "transactional",
    placement: "popover",
    questions: [{ id: "score", metric: "thumbs" }],
    texts: { en: { questions: { score: { ask: "Did it go well?" } } } },
    triggers: [{ event: "bought" }],
    cap: { times: 1, days: 90 },
    ...change,
  };
}

export interface AskingPageOptions {
  config?: Partial<TagConfig>;
  options?: Partial<SurveysOptions>;
  /** What other devices showed. */
  exposures?: Exposure[];
}

/** A page whose tag asks surveys, and the collector that it asks. */
export async function openAsking(
  browser: Browser,
  dist: string,
  surveys: TagSurvey[],
  { config = {}, options = {}, exposures = [] }: AskingPageOptions = {},
) {
  /** Bodies of questions for exposures. */
  const asked: string[] = [];
  const known = { away: false, exposures };
  const collector = await collectorServer(Buffer.from(""), {
    "/v1/config": () =>
      known.away
        ? undefined
        : {
            surveys,
            fatigue: FATIGUE_ADVICE,
            holdout: 0,
            conversions: [],
            suppressedShare: 1,
            ...config,
          },
    "/v1/exposures": (body) => {
      asked.push(body);
      return known.away ? undefined : { exposures: known.exposures };
    },
  });
  const main = `
    import { createTag } from "/sdk/index.js";
    import { surveys } from "/sdk/surveys.js";
    import { forms } from "/sdk/auto/forms.js";
    import { backAndForth } from "/sdk/auto/back-and-forth.js";
    import { pageViews } from "/sdk/auto/page-views.js";
    import { rageClicks } from "/sdk/auto/rage-clicks.js";
    const options = { key: "wk", host: "${collector.url}", batchDelay: 20, traits: ["segment"], ...${JSON.stringify(options)} };
    globalThis.tag = surveys(createTag(options), options);
    for (const start of [forms, backAndForth, pageViews, rageClicks]) start(tag);
    globalThis.ready = true;`;
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,"><style>main{height:5000px}</style><main><h1>Page</h1><form><input id="name"></form><button>Pay</button><div id="place"></div></main><script type="module" src="/main.js"></script></html>`;
  const site = await pageServer(
    { "/": html, "/contracts/7": html, "/main.js": main, ...(await modules(dist)) },
    {},
  );
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const requests: string[] = [];
  const errors: string[] = [];

  async function open(path = "/", within: BrowserContext = context): Promise<Page> {
    const page = await within.newPage();
    page.setDefaultTimeout(10_000);
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    await page.clock.install();
    const configured = page.waitForEvent("requestfinished", {
      predicate: (request) => request.url().includes("/v1/config"),
      timeout: 3000,
    });
    await page.goto(site.url + path);
    await page.waitForFunction("globalThis.ready");
    // Consent may keep it from asking at all.
    await configured.catch(() => undefined);
    return page;
  }

  return {
    open,
    context,
    collector,
    asked,
    known,
    requests,
    errors,
    async close() {
      await context.close();
      await site.close();
      await collector.close();
    },
  };
}
