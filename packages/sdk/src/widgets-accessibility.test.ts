import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Survey } from "./survey.js";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { openSurvey, type SurveyPage, type SurveyPageOptions } from "./testing/survey-page.js";
import { PLACEMENTS, QUESTIONS, surveyOf } from "./testing/surveys.js";

declare global {
  // What the axe script leaves in the page.
  var axe: { run(): Promise<axe.AxeResults> };
  // Shows another survey in the page that is open.
  var again: (survey: unknown, options: object) => void;
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PHONE = { viewport: { width: 320, height: 640 }, hasTouch: true, isMobile: true };
const REST_OF_PAGE = "<main><h1>Page</h1><p>Words</p><div></div></main>";

let built: Built;
let browser: Browser;
let opened: SurveyPage | undefined;
beforeAll(async () => {
  built = await build();
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterEach(() => opened?.close());
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

async function open(survey: Survey, options: SurveyPageOptions = {}): Promise<SurveyPage> {
  opened = await openSurvey(browser, built.dist, survey, { body: REST_OF_PAGE, ...options });
  return opened;
}

/** Shows the survey instead of what is there, its tab opened. */
async function show({ page }: SurveyPage, survey: Survey, options: object): Promise<void> {
  await page.evaluate(([survey, options]) => globalThis.again(survey, options), [
    survey,
    options,
  ] as const);
  if (survey.placement === "tab") await page.getByRole("button").click();
}

const questions = Object.entries(QUESTIONS);
const THEMES = ["light", "dark"] as const;

describe.each(["en", "fr"])("in %s", (language) => {
  test.each(PLACEMENTS)(
    "axe finds nothing wrong with any question, %s, light or dark",
    async (placement) => {
      const first = surveyOf([{ id: "q", metric: "text" }], { placement });
      for (const theme of THEMES) {
        const css = `:root { color-scheme: ${theme}; }`;
        const survey = await open(first, { lang: language, css });
        await survey.page.evaluate(AXE);
        for (const [name, question] of questions) {
          await show(survey, surveyOf([question], { placement }), {});
          // Chosen, so that this look is looked at as well.
          const input = survey.page.locator("balise-survey input").last();
          if (question.metric !== "text") await input.check();
          const { violations, passes } = await survey.page.evaluate(() => globalThis.axe.run());
          const found = violations.map(({ id, nodes }) => [name, theme, id, nodes[0]?.html]);
          expect(found).toEqual([]);
          // It has looked into the widget.
          expect(passes.map(({ id }) => id)).toContain("color-contrast");
        }
        await survey.close();
      }
    },
  );

  test("the accessibility tree of each question is the reviewed one", async () => {
    const survey = await open(surveyOf([{ id: "q", metric: "text" }]), { lang: language });
    for (const [name, question] of questions) {
      await show(survey, surveyOf([question]), {});
      const announced = survey.page.getByRole("status").filter({ hasText: "question" });
      await announced.waitFor({ state: "attached" });
      const tree = await survey.page.getByRole("region").ariaSnapshot();
      await expect(`${tree}\n`).toMatchFileSnapshot(
        `testing/accessibility/${name}.${language}.txt`,
      );
    }
  });
});

/** Sizes of all that can be pressed, and what sticks out of the card or the window. */
function measure(): { smallest: number; out: string[] } {
  const tree = document.querySelector("balise-survey")?.shadowRoot;
  const card = tree?.querySelector(".card")?.getBoundingClientRect();
  const targets = [...(tree?.querySelectorAll("input, button, textarea") ?? [])].map((element) =>
    element.getBoundingClientRect(),
  );
  const visible = targets.filter(({ width }) => width > 0);
  const out = [...(tree?.querySelectorAll(".option, button, .ask, textarea") ?? [])]
    .filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return (
        width > 0 &&
        card &&
        (left < card.left || right > card.right || element.scrollWidth > element.clientWidth + 1)
      );
    })
    .map((element) => element.className);
  if (card && (card.left < 0 || card.right > innerWidth || card.bottom > innerHeight + 1))
    out.push("card");
  return { smallest: Math.min(...visible.flatMap(({ width, height }) => [width, height])), out };
}

test.each([
  ["with a mouse", {}, 24, ""],
  ["on a telephone of 320 px", PHONE, 44, ""],
  ["at 200 % text", { viewport: { width: 1280, height: 800 } }, 24, "32px"],
  ["at 200 % text on 320 px", { viewport: { width: 320, height: 900 } }, 24, "32px"],
] as const)(
  "%s all targets are large enough, and nothing sticks out",
  async (_, context, least, size) => {
    const css = size && `balise-survey { --balise-font-size: ${size}; }`;
    const survey = await open(surveyOf([{ id: "q", metric: "text" }]), { ...context, css });
    for (const [name, question] of questions) {
      await show(survey, surveyOf([question]), {});
      const { smallest, out } = await survey.page.evaluate(measure);
      expect([name, out]).toEqual([name, []]);
      expect(smallest).toBeGreaterThanOrEqual(least);
    }
  },
);

test("from right to left all is mirrored", async () => {
  const { page } = await open(surveyOf([QUESTIONS["nps"]!]));
  await page.evaluate(() =>
    document
      .querySelector("balise-survey")
      ?.shadowRoot?.querySelector(".root")
      ?.setAttribute("dir", "rtl"),
  );
  const box = await page.getByRole("region").boundingBox();
  expect(box?.x).toBe(16);
  const [zero, ten] = await Promise.all(
    ["0", "10"].map((value) => page.locator(`input[value="${value}"]`).boundingBox()),
  );
  expect(zero!.x).toBeGreaterThan(ten!.x);
});

test("in forced colours what is chosen has the system's colours", async () => {
  const { page } = await open(surveyOf([QUESTIONS["nps"]!]), { forcedColors: "active" });
  await page.locator('input[value="8"]').check();
  const colours = await page
    .locator("balise-survey .option")
    .evaluateAll((all) => [...new Set(all.map((one) => getComputedStyle(one).backgroundColor))]);
  expect(colours).toHaveLength(2);
  const [text, ground] = await page
    .getByRole("button", { name: "Send" })
    .evaluate((button) => [
      getComputedStyle(button).color,
      getComputedStyle(button).backgroundColor,
    ]);
  expect(colours).toContain(ground);
  expect(text).not.toBe(ground);
  const adjust = await page
    .getByRole("button", { name: "Send" })
    .evaluate((button) => getComputedStyle(button).forcedColorAdjust);
  // Else the browser puts a box of the page's colour behind the word.
  expect(adjust).toBe("none");
});

test("the sheet stays above the on-screen keyboard", async () => {
  const { page } = await open(surveyOf([{ id: "q", metric: "text" }]), PHONE);
  await page.getByRole("textbox").focus();
  await page.evaluate(() => {
    const view = { height: 340, offsetTop: 0, scale: 1 };
    for (const [name, value] of Object.entries(view)) {
      Object.defineProperty(VisualViewport.prototype, name, { get: () => value });
    }
    visualViewport?.dispatchEvent(new Event("resize"));
  });
  const box = await page.getByRole("region").boundingBox();
  expect(box!.y + box!.height).toBeLessThanOrEqual(341);
  expect(box!.y).toBeGreaterThanOrEqual(0);
});

test("the language of its words is said", async () => {
  const { page } = await open(surveyOf([QUESTIONS["nps"]!]), { lang: "fr-CA" });
  expect(await page.locator("balise-survey .root").getAttribute("lang")).toBe("fr");
  await page.getByRole("button", { name: "Fermer" }).waitFor();
  await page.close();
});
