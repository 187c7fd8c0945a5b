import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Explanation, Surveys } from "./surveys.js";
import type { Exposure, TagSurvey } from "./survey-rules.js";
import type { Tag } from "./tag.js";
import { type AskingPageOptions, dueSurvey, openAsking } from "./testing/asking-page.js";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";

let built: Built;
let browser: Browser;
let opened: Awaited<ReturnType<typeof openAsking>>;
beforeAll(async () => {
  built = await build();
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterEach(async ({ expect: each }) => {
  const { errors } = opened;
  await opened.close();
  each(errors).toEqual([]);
});
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

type AskingTag = Tag & { surveys: Surveys };
declare global {
  // The page's own global.
  var tag: AskingTag;
}

async function setUp(surveys: TagSurvey[], options?: AskingPageOptions): Promise<Page> {
  opened = await openAsking(browser, built.dist, surveys, options);
  return opened.open();
}

const track = (
  page: Page,
  name: string,
  properties: Record<string, number> = {},
  extras = {},
): Promise<void> =>
  page.evaluate(([event, told, more]) => globalThis.tag.track(event, told, more), [
    name,
    properties,
    extras,
  ] as const);

/** How many surveys are in the page, once what was started has come to its end. */
const count = (page: Page): Promise<number> => page.locator("balise-survey").count();

/** Browsers of a busy machine take their time. */
const PATIENT = { timeout: 8000 };

const reasons = (): unknown[] =>
  opened.collector.named("survey_suppressed").map(({ properties }) => properties?.["reason"]);

const explained = (page: Page): Promise<Explanation[]> =>
  page.evaluate(() => globalThis.tag.surveys.explain());

/** Lets timers of the page pass. */
const pass = (page: Page, seconds: number): Promise<void> => page.clock.runFor(seconds * 1000);

/** What a browser remembers. */
const memory = (page: Page): Promise<Record<string, unknown>> =>
  page.evaluate(() => JSON.parse(localStorage.getItem("balise.surveys") ?? "{}"));

/** The reasons that were told, and how many surveys are in the page. */
const refusals = async (page: Page): Promise<unknown[]> => [...reasons(), await count(page)];

describe("triggers", () => {
  test("an event with the right properties, and only then anything of widgets is loaded", async () => {
    const where = [{ property: "amount", op: ">", value: 10 }] as const;
    const page = await setUp([dueSurvey({ triggers: [{ event: "bought", where: [...where] }] })]);
    const late = (): string[] =>
      opened.requests.filter((path) => /asker|moments|widgets/.test(path));
    await track(page, "looked", { amount: 50 });
    await pass(page, 1);
    expect(late()).toEqual([]);
    await track(page, "bought", { amount: 5 });
    await pass(page, 1);
    await expect.poll(late).toEqual(["/sdk/chunks/asker.js"]);
    expect(await count(page)).toBe(0);
    await track(page, "bought", { amount: 50 }, { outcome: "success" });
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    await expect.poll(() => opened.collector.named("survey_shown")).toHaveLength(1);
    expect(opened.collector.named("survey_shown")[0]?.outcome).toBe("success");
  });

  test("an outcome of any event", async () => {
    const page = await setUp([dueSurvey({ triggers: [{ event: "*", outcome: "failure" }] })]);
    await track(page, "paid", {}, { outcome: "success" });
    await pass(page, 1);
    await track(page, "paid", {}, { outcome: "failure" });
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
  });

  test.each([
    ["^(?:/contracts/[^/]+)$", "/contracts/7", 1],
    ["^(?:/contracts/[^/]+)$", "/", 0],
    ["^(?:The contract)$", "/contracts/7", 1],
  ])("a page %s, seen at %s", async (pages, path, seen) => {
    opened = await openAsking(browser, built.dist, [
      dueSurvey({ triggers: [{ event: "page_view", pages }] }),
    ]);
    const page = await opened.open(path);
    if (pages.includes("The")) {
      await page.evaluate(() => globalThis.tag.page({ name: "The contract" }));
    }
    await pass(page, 1);
    if (seen) await expect.poll(() => count(page), PATIENT).toBe(1);
    else expect(opened.requests.filter((one) => one.includes("asker"))).toEqual([]);
  });

  test("events before the surveys are known count as well", async () => {
    const page = await setUp([dueSurvey({ triggers: [{ event: "page_view" }] })]);
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
  });

  test("scrolling so deep", async () => {
    const page = await setUp([dueSurvey({ triggers: [{ moment: "scroll", percent: 60 }] })]);
    await expect.poll(() => opened.requests.some((path) => path.includes("moments"))).toBe(true);
    await page.evaluate(() => scrollTo(0, 1000));
    await pass(page, 1);
    expect(await count(page)).toBe(0);
    await expect
      .poll(async () => {
        await page.evaluate(() => scrollTo(0, 3500 + Math.random() * 100));
        await pass(page, 1);
        return count(page);
      })
      .toBe(1);
  });

  test("the pointer that leaves at the top", async () => {
    const page = await setUp([dueSurvey({ triggers: [{ moment: "exit" }] })]);
    const leave = (clientY: number) =>
      page.evaluate((y) => {
        const how = { clientY: y, relatedTarget: null, bubbles: true };
        document.body.dispatchEvent(new MouseEvent("mouseout", how));
      }, clientY);
    await leave(300);
    await pass(page, 1);
    expect(await count(page)).toBe(0);
    await expect
      .poll(async () => {
        await leave(-1);
        await pass(page, 1);
        return count(page);
      })
      .toBe(1);
  });

  test("so long a look, and so long without a doing", async () => {
    for (const moment of ["visible", "inactivity"] as const) {
      const page = await setUp([dueSurvey({ triggers: [{ moment, seconds: 600 }] })]);
      await expect.poll(() => opened.requests.some((path) => path.includes("moments"))).toBe(true);
      await pass(page, 500);
      await page.keyboard.press("Tab");
      await pass(page, 90);
      expect(await count(page)).toBe(0);
      await pass(page, moment === "visible" ? 20 : 90);
      if (moment === "inactivity") {
        expect(await count(page)).toBe(0);
        await pass(page, 430);
      }
      await expect.poll(() => count(page), PATIENT).toBe(1);
      if (moment === "visible") await opened.close();
    }
  });

  test.each([
    [8, 1],
    [6, 0],
  ])("a return after %i days, where seven are asked for", async (days, seen) => {
    opened = await openAsking(browser, built.dist, [
      dueSurvey({ triggers: [{ moment: "return", days: 7 }, { event: "bought" }] }),
    ]);
    const before = Date.now() - days * 86_400_000;
    await opened.context.addInitScript((lastAt) => {
      if (localStorage["balise.surveys"]) return;
      localStorage["balise.surveys"] = JSON.stringify({ lastAt });
    }, before);
    const page = await opened.open();
    await pass(page, 1);
    if (seen) await expect.poll(() => count(page), PATIENT).toBe(1);
    else expect(opened.requests.filter((one) => one.includes("asker"))).toEqual([]);
    expect(await memory(page)).toMatchObject({ before });
  });

  test("what instruments tell: rage clicks, abandoned forms, back and forth", async () => {
    const names = ["rage_click", "form_abandon", "back_and_forth"];
    // Below the fold they are in the page and not yet seen, so that none stands in the others' way.
    const page = await setUp(
      names.map((event) => dueSurvey({ id: event, placement: "inline", triggers: [{ event }] })),
    );
    await page.getByText("Pay").click({ clickCount: 3 });
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    await page.locator("#name").fill("x");
    await page.evaluate(() => history.pushState(null, "", "/contracts/7"));
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(2);
    await page.evaluate(() => history.pushState(null, "", "/"));
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(3);
  });

  test("a delay that events begin anew, or end", async () => {
    const page = await setUp([
      dueSurvey({
        triggers: [
          { event: "bought", delaySeconds: 100, delayedBy: ["typed"], cancelledBy: ["left"] },
        ],
      }),
    ]);
    await track(page, "bought");
    await pass(page, 90);
    await track(page, "typed");
    await pass(page, 90);
    expect(await count(page)).toBe(0);
    await track(page, "left");
    await pass(page, 200);
    expect(opened.requests.filter((one) => one.includes("asker"))).toEqual([]);
    await track(page, "bought");
    await pass(page, 101);
    await expect.poll(() => count(page), PATIENT).toBe(1);
  });

  test("by hand, under the same rules, or by force", async () => {
    const page = await setUp([
      dueSurvey({ triggers: [], audience: { where: [{ property: "area", op: "exists" }] } }),
    ]);
    const show = (id: string, force = false): Promise<boolean> =>
      page.evaluate(([one, by]) => globalThis.tag.surveys.show(one, { force: by }), [
        id,
        force,
      ] as const);
    expect([await show("nobody"), await show("checkout"), await show("checkout", true)]).toEqual([
      false,
      false,
      true,
    ]);
    await expect.poll(() => count(page), PATIENT).toBe(1);
  });
});

async function advice() {
  return (await import("@balise/schema")).FATIGUE_ADVICE;
}

describe("rules", () => {
  test("one survey a visit, told with its reason, and explained", async () => {
    const page = await setUp([
      dueSurvey(),
      dueSurvey({ id: "other", triggers: [{ event: "left" }] }),
    ]);
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    await expect.poll(() => opened.collector.named("survey_shown")).toHaveLength(1);
    expect(await explained(page)).toEqual([
      { surveyId: "checkout", shows: false, reasons: ["shown_here"] },
      {
        surveyId: "other",
        shows: false,
        reasons: ["another_survey", "session_cap", "quiet_period", "metric_cap"],
      },
    ]);
    await track(page, "left");
    await pass(page, 1);
    await expect.poll(reasons).toEqual(["another_survey"]);
    const [told] = opened.collector.named("survey_suppressed");
    expect(told?.properties).toEqual({
      surveyId: "other",
      surveyVersion: 1,
      kind: "transactional",
      reason: "another_survey",
      share: 1,
    });
  });

  test("what one tab showed, the other does not show again; a dismissal is remembered", async () => {
    const page = await setUp([dueSurvey()]);
    const beside = await opened.open();
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    await expect.poll(() => memory(page)).toMatchObject({ exposures: [{ dismissed: false }] });
    await page.bringToFront();
    await page.keyboard.press("Escape");
    await expect.poll(() => memory(beside)).toMatchObject({ exposures: [{ dismissed: true }] });
    await track(beside, "bought");
    await pass(beside, 1);
    await expect.poll(() => refusals(beside), PATIENT).toEqual(["session_cap", 0]);
  });

  test("an audience of traits, converters and devices; traits that are not listed are not known", async () => {
    const is = (property: string, value: string | boolean) =>
      dueSurvey({ id: property, audience: { where: [{ property, op: "=", value }] } });
    const page = await setUp(
      [
        is("traits.segment", "family"),
        is("traits.secret", "x"),
        is("converted", true),
        is("device", "desktop"),
        is("language", "en"),
        is("visitor", "new"),
        is("channel", "web"),
        is("area", "connected"),
      ],
      { config: { conversions: ["subscribed"] }, options: { area: "connected" } },
    );
    const shows = async (): Promise<string[]> =>
      (await explained(page)).filter((one) => one.shows).map(({ surveyId }) => surveyId);
    const always = ["device", "language", "visitor", "channel", "area"];
    await expect.poll(shows).toEqual(always);
    await page.evaluate(() => {
      globalThis.tag.identify("ada", { segment: "family", secret: "x" });
      globalThis.tag.track("subscribed");
    });
    await expect.poll(shows).toEqual(["traits.segment", "converted", ...always]);
    expect(JSON.stringify(await memory(page))).not.toContain("secret");
    await page.evaluate(() => globalThis.tag.reset());
    await expect.poll(shows).toEqual(always);
  });

  test("a share of people, the same for one user in two browsers", async () => {
    const surveys = Array.from({ length: 20 }, (_, n) =>
      dueSurvey({ id: `s${n}`, audience: { share: 0.5 } }),
    );
    const page = await setUp(surveys);
    const other = await opened.open("/", await browser.newContext());
    const of = async (at: Page, user: string): Promise<string[]> => {
      await at.evaluate((id) => globalThis.tag.identify(id), user);
      await expect.poll(() => explained(at)).toHaveLength(20);
      return (await explained(at)).filter((one) => one.shows).map(({ surveyId }) => surveyId);
    };
    const chosen = await of(page, "ada");
    expect(chosen.length > 0 && chosen.length < 20).toBe(true);
    expect(await of(other, "ada")).toEqual(chosen);
    expect(await of(other, "bob")).not.toEqual(chosen);
    await other.context().close();
  });

  test("a holdout is never asked, a full quota asks nobody", async () => {
    const page = await setUp([dueSurvey({ full: true })], { config: { holdout: 1 } });
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => refusals(page), PATIENT).toEqual(["holdout", 0]);
    expect((await explained(page))[0]?.reasons).toEqual(["holdout", "quota"]);
  });

  test("a tab is there from the start, and neither counts nor waits", async () => {
    const page = await setUp([
      dueSurvey({ id: "tab", placement: "tab", triggers: [] }),
      dueSurvey(),
    ]);
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => count(page)).toBe(2);
    await expect.poll(() => memory(page)).toMatchObject({ exposures: [{ surveyId: "checkout" }] });
  });

  test("a place that is not there is told", async () => {
    const page = await setUp([dueSurvey({ placement: "inline", target: "#nowhere" })]);
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => refusals(page), PATIENT).toEqual(["no_target", 0]);
  });
});

describe("other devices", () => {
  const exposure: Exposure = {
    id: "abcdef01",
    surveyId: "checkout",
    kind: "transactional",
    metric: "thumbs",
    at: Date.now() - 40 * 86_400_000,
    dismissed: false,
  };

  test("what the laptop showed, the phone does not show; and remembers it without the collector", async () => {
    const page = await setUp([dueSurvey()], { exposures: [exposure] });
    await page.evaluate(() => globalThis.tag.identify("ada"));
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => refusals(page), PATIENT).toEqual(["survey_cap", 0]);
    expect(opened.asked.map((body) => JSON.parse(body))).toEqual([
      { writeKey: "wk", anonymousId: expect.stringMatching(/^[0-9a-f-]{36}$/), userId: "ada" },
    ]);
    expect(await memory(page)).toMatchObject({ exposures: [exposure] });
    opened.known.away = true;
    const next = await opened.open();
    await track(next, "bought");
    await pass(next, 1);
    await expect.poll(reasons).toHaveLength(2);
    expect(opened.asked).toHaveLength(1);
  });

  test("a collector that does not answer keeps nobody waiting for ever", async () => {
    const page = await setUp([dueSurvey()]);
    opened.known.away = true;
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
  });
});

describe("consent", () => {
  test("nothing is asked, stored or shown before it; what happened meanwhile counts then", async () => {
    opened = await openAsking(browser, built.dist, [dueSurvey()], {
      options: { consent: "pending" },
    });
    const page = await opened.open();
    await track(page, "bought");
    await pass(page, 5);
    expect(opened.collector.paths).toEqual([]);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await page.evaluate(() => globalThis.tag.consent("full"));
    await expect
      .poll(async () => {
        await pass(page, 1);
        return count(page);
      })
      .toBe(1);
    await page.evaluate(() => globalThis.tag.consent("denied"));
    await expect.poll(() => count(page)).toBe(0);
    await track(page, "bought");
    await pass(page, 5);
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(["balise.denied"]);
  });

  test("with audience measurement alone no user, no trait and no other device has a part in it", async () => {
    const page = await setUp([dueSurvey()], { options: { consent: "exempt" } });
    await page.evaluate(() => globalThis.tag.identify("ada", { segment: "family" }));
    await track(page, "bought");
    await pass(page, 1);
    await expect.poll(() => count(page), PATIENT).toBe(1);
    expect(opened.asked).toEqual([]);
    await expect.poll(() => memory(page)).toMatchObject({ exposures: [{ surveyId: "checkout" }] });
    expect(JSON.stringify(await memory(page))).not.toMatch(/ada|family/);
  });

  test("answers of an anonymous survey name nobody, and not the same nobody twice", async () => {
    const cap = { times: 9, days: 1 };
    const fatigue = { ...(await advice()), perSession: 9, quietDays: 0, perMetric: {} };
    const page = await setUp([dueSurvey({ anonymous: true, cap })], { config: { fatigue } });
    await page.evaluate(() => globalThis.tag.identify("ada"));
    for (const times of [1, 2]) {
      await track(page, "bought");
      await pass(page, 1);
      await expect.poll(() => count(page), PATIENT).toBe(1);
      await expect
        .poll(async () => {
          await pass(page, 1);
          return opened.collector.named("survey_shown");
        })
        .toHaveLength(times);
      await page.keyboard.press("Escape");
      await expect.poll(() => count(page)).toBe(0);
    }
    await expect
      .poll(async () => {
        await pass(page, 1);
        return opened.collector.named("survey_dismissed");
      })
      .toHaveLength(2);
    const all = opened.collector.accepted;
    const apart = all.filter(({ name }) => name.startsWith("survey_"));
    const [bought] = opened.collector.named("bought");
    expect(bought?.userId).toBe("ada");
    for (const event of apart) {
      expect([event.userId, event.accountId, event.traits]).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
      expect([bought?.anonymousId, bought?.sessionId]).not.toContain(event.anonymousId);
      expect(event.sessionId).not.toBe(bought?.sessionId);
    }
    expect(new Set(apart.map(({ anonymousId }) => anonymousId)).size).toBe(2);
    expect(new Set(apart.map(({ sessionId }) => sessionId)).size).toBe(2);
    const kept = await page.evaluate(() => Object.keys(localStorage));
    expect(kept.filter((key) => /^balise\.nobody\.(person|session|details)/.test(key))).toEqual([]);
  });
});

test("surveys that were known once are asked although the collector is away", async () => {
  await setUp([dueSurvey()]);
  opened.known.away = true;
  const page = await opened.open();
  await track(page, "bought");
  await expect
    .poll(async () => {
      await pass(page, 1);
      return count(page);
    })
    .toBe(1);
});

test("it can be stopped, and takes away what is shown", async () => {
  const page = await setUp([dueSurvey()]);
  await track(page, "bought");
  await pass(page, 1);
  await expect.poll(() => count(page), PATIENT).toBe(1);
  await page.evaluate(() => globalThis.tag.surveys.stop());
  await expect.poll(() => count(page)).toBe(0);
  expect(await explained(page)).toEqual([]);
});
