import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Survey } from "./survey.js";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { openSurvey, type SurveyPage, type SurveyPageOptions } from "./testing/survey-page.js";
import { QUESTIONS, surveyOf } from "./testing/surveys.js";

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

const NPS = { id: "nps", metric: "nps", notApplicable: true } as const;
const WHY = { id: "why", metric: "text" } as const;
const CAUSE = {
  id: "cause",
  metric: "choice",
  options: ["price", "delay"],
  multiple: true,
} as const;

async function open(survey: Survey, options?: SurveyPageOptions) {
  opened = await openSurvey(browser, built.dist, survey, options);
  const { page, told } = opened;
  return {
    ...opened,
    radio: (score: string) => page.locator(`balise-survey input[value="${score}"]`),
    button: (name: string) => page.getByRole("button", { name, exact: true }),
    names: () => told().map(({ name }) => name),
    answers: () => told().flatMap(({ feedback }) => (feedback ? [feedback] : [])),
    focused: () =>
      page.evaluate(() => {
        let at = document.activeElement;
        while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
        return at === document.body
          ? "body"
          : (at?.textContent ?? "") + (at?.getAttribute("value") ?? "");
      }),
  };
}

test("each answer is told the moment it is given, again when it changes, and 0 is a score", async () => {
  const { radio, button, names, answers, told, complaints, page } = await open(
    surveyOf([NPS, WHY]),
  );
  await expect.poll(names).toEqual(["survey_shown"]);
  await radio("0").click();
  await expect.poll(names).toEqual(["survey_shown", "survey_answered"]);
  await radio("7").click();
  await expect.poll(() => answers().map(({ score }) => score)).toEqual([0, 7]);
  const [shown, first] = told();
  expect(shown?.properties).toMatchObject({
    surveyId: "checkout",
    surveyVersion: 2,
    kind: "transactional",
    metric: "nps",
    touchpoint: "payment",
    placement: "popover",
    language: "en",
    responseId: first?.feedback?.responseId,
  });
  expect(first?.feedback).toEqual({
    surveyId: "checkout",
    surveyVersion: 2,
    kind: "transactional",
    responseId: expect.stringMatching(/^[\da-f-]{36}$/),
    questionId: "nps",
    metric: "nps",
    score: 0,
    min: 0,
    max: 10,
    polarity: 1,
    touchpoint: "payment",
  });
  expect(first?.properties).toEqual({
    seconds: expect.any(Number),
    wording: "How likely are you to recommend us to a friend?",
    language: "en",
  });
  await button("Next").click();
  await page.getByRole("textbox").fill("Write to ada@example.com or 06 12 34 56 78");
  expect(answers()).toHaveLength(2);
  await button("Send").click();
  await expect.poll(() => answers()[2]?.text).toBe("Write to [email] or [phone]");
  await expect.poll(() => names().at(-1)).toBe("survey_completed");
  expect(told().at(-1)?.properties).toMatchObject({ answered: 2 });
  expect(new Set(answers().map(({ responseId }) => responseId)).size).toBe(1);
  expect(complaints).toEqual([]);
});

test("a tab that is closed after the first click has told the answer", async () => {
  const { radio, answers, names, page } = await open(surveyOf([NPS, WHY]));
  await radio("9").click();
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => answers().map(({ score }) => score)).toEqual([9]);
  await expect.poll(names).toContain("survey_abandoned");
});

test("whoever goes through the scale by keys answers where they rest, or where they leave", async () => {
  const { radio, button, answers, page } = await open(surveyOf([NPS, WHY]));
  await radio("0").focus();
  await page.keyboard.press("Space");
  await expect.poll(() => answers().map(({ score }) => score)).toEqual([0]);
  for (let n = 0; n < 6; n++) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  await expect.poll(() => answers().map(({ score }) => score)).toEqual([0, 6]);
  await expect
    .poll(() => page.getByRole("textbox").evaluate((box) => box.matches(":focus")))
    .toBe(true);
  await button("Back").click();
  for (let n = 0; n < 3; n++) await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("Escape");
  await expect.poll(() => answers().map(({ score }) => score)).toEqual([0, 6, 3]);
});

test("Escape dismisses, keeps what was answered, and the focus goes back", async () => {
  const { button, radio, names, told, focused, page } = await open(surveyOf([NPS, WHY]));
  await page.locator("main button").focus();
  await expect.poll(names).toEqual(["survey_shown"]);
  await page.keyboard.press("Escape");
  expect(await radio("3").isVisible()).toBe(true);
  await page.keyboard.press("Tab");
  expect(await focused()).toBe("×");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Escape");
  await expect.poll(names).toEqual(["survey_shown", "survey_answered", "survey_dismissed"]);
  expect(told().at(-1)?.properties).toMatchObject({ answered: 1 });
  expect(await button("Close").count()).toBe(0);
  expect(await focused()).toBe("Page");
});

test("a popover takes no focus and is announced; a modal takes it and keeps it", async () => {
  const popover = await open(surveyOf([NPS]));
  await expect
    .poll(() => popover.page.getByRole("status").textContent())
    .toBe("A question for you: How likely are you to recommend us to a friend?");
  expect(await popover.focused()).toBe("body");
  await popover.close();
  const modal = await open(surveyOf([NPS], { placement: "modal" }));
  expect(await modal.focused()).toBe("0");
  for (let n = 0; n < 6; n++) await modal.page.keyboard.press("Tab");
  expect(await modal.focused()).not.toBe("Page");
  await modal.page.keyboard.press("Escape");
  await expect.poll(modal.names).toEqual(["survey_shown", "survey_dismissed"]);
  expect(await modal.page.locator("balise-survey").count()).toBe(0);
});

test("a tab stays: it opens and closes, each display with a response of its own", async () => {
  const { button, radio, names, told, focused, page } = await open(
    surveyOf([NPS], { placement: "tab" }),
  );
  await page.waitForTimeout(200);
  expect(names()).toEqual([]);
  await button("Your feedback").click();
  expect(await button("Your feedback").getAttribute("aria-expanded")).toBe("true");
  await radio("5").click();
  await page.keyboard.press("Escape");
  expect(await focused()).toBe("Your feedback");
  expect(await button("Your feedback").getAttribute("aria-expanded")).toBe("false");
  await button("Your feedback").click();
  await expect.poll(names).toHaveLength(4);
  expect(
    new Set(
      told().map(({ properties, feedback }) => feedback?.responseId ?? properties?.["responseId"]),
    ).size,
  ).toBe(2);
});

test("what is out of view was not shown, and going away tells nothing of it", async () => {
  const css = "h1 { margin-bottom: 300vh; }";
  const { names, page } = await open(surveyOf([NPS], { placement: "inline" }), { css });
  await page.waitForTimeout(300);
  expect(names()).toEqual([]);
  await page.evaluate("showing.close()");
  await page.waitForTimeout(200);
  expect(names()).toEqual([]);
});

test("an untouched popover goes away in its time, one that is touched stays", async () => {
  const survey = surveyOf([NPS], { timeoutSeconds: 1 });
  const left = await open(survey);
  await expect.poll(left.names).toEqual(["survey_shown", "survey_timed_out"]);
  await left.close();
  const touched = await open(survey);
  await touched.page.locator("balise-survey .ends").hover();
  await touched.page.waitForTimeout(1500);
  expect(touched.names()).toEqual(["survey_shown"]);
});

test("answers lead along the branches, back again, and to several choices in their order", async () => {
  const branches = [{ scores: [9, 10] as [number, number], go: "why" }];
  const { radio, button, answers, page, names } = await open(
    surveyOf([
      { ...NPS, branches },
      { ...CAUSE, options: [...CAUSE.options], branches: [{ choices: ["delay"], go: "end" }] },
      WHY,
    ]),
  );
  await radio("10").click();
  await button("Next").click();
  expect(await page.getByRole("textbox").count()).toBe(1);
  await button("Back").click();
  expect(await radio("10").isChecked()).toBe(true);
  await radio("2").click();
  await button("Next").click();
  await page.getByRole("checkbox", { name: "The delivery took too long" }).click();
  await page.getByRole("checkbox", { name: "The price" }).click();
  await expect.poll(() => answers().at(-1)?.choice).toBe("price,delay");
  await page.getByRole("checkbox", { name: "The price" }).click();
  await page.getByRole("checkbox", { name: "The delivery took too long" }).click();
  await expect.poll(() => answers().at(-1)?.choice).toBeUndefined();
  await page.getByRole("checkbox", { name: "The delivery took too long" }).click();
  await button("Send").click();
  await expect.poll(() => names().at(-1)).toBe("survey_completed");
});

test("who the question does not concern gives an answer of its own, without a score", async () => {
  const { page, answers } = await open(surveyOf([NPS]));
  await page.getByRole("radio", { name: "Not applicable" }).click();
  await expect.poll(answers).toHaveLength(1);
  expect(answers()[0]).toMatchObject({ notApplicable: true });
  expect(answers()[0]).not.toHaveProperty("score");
});

test("the category that a person chooses is a trait as well", async () => {
  const { page, told } = await open(surveyOf([QUESTIONS["category"]!]));
  await page.getByRole("radio", { name: "I am comparing" }).click();
  await expect
    .poll(() => told().find(({ feedback }) => feedback)?.traits)
    .toEqual({ need: "compare" });
});

test("scales tell their ends and their direction", async () => {
  const expected = {
    "csat-5": [1, 5, 1],
    "csat-10": [1, 10, 1],
    "ces-5": [1, 5, -1],
    "ces-7": [1, 7, 1],
    stars: [1, 5, 1],
    "smiley-3": [1, 3, 1],
    thumbs: [0, 1, 1],
  };
  for (const [name, [min, max, polarity]] of Object.entries(expected)) {
    const { page, answers, close } = await open(surveyOf([QUESTIONS[name]!]));
    await page.getByRole("radio").first().click();
    await expect.poll(answers).toHaveLength(1);
    expect(answers()[0]).toMatchObject({ score: min, min, max, polarity });
    await close();
  }
});

test("what was typed and not sent stays with who wrote it", async () => {
  const { page, answers, names, radio, button } = await open(surveyOf([NPS, WHY]));
  await radio("4").click();
  await button("Next").click();
  await page.getByRole("textbox").fill("not for you");
  await page.keyboard.press("Escape");
  await expect.poll(() => names().at(-1)).toBe("survey_dismissed");
  expect(answers().map(({ questionId }) => questionId)).toEqual(["nps"]);
});

test("the page's styles stay out, ours stay in, and nobody can look inside", async () => {
  const css = `* { all: unset !important; display: none !important; font: 40px fantasy !important; color: red !important; }
    html, body, balise-survey { display: block !important; transform: rotate(9deg) !important; }`;
  const { page, complaints } = await open(surveyOf([NPS]), { css });
  const box = page.getByRole("region", { name: "Your feedback" });
  await box.waitFor();
  const look = await box.evaluate((element) => {
    const { fontSize, color, fontFamily } = getComputedStyle(element);
    return { fontSize, color, fontFamily };
  });
  expect(look).toEqual({
    fontSize: "16px",
    color: "rgb(0, 0, 0)",
    fontFamily: "system-ui, sans-serif",
  });
  expect(await page.locator("[style], style").count()).toBe(0);
  expect(complaints).toEqual([]);
  await opened?.close();
  const closed = await open(surveyOf([NPS]), { closed: true });
  expect(
    await closed.page.evaluate("document.querySelector('balise-survey').shadowRoot"),
  ).toBeNull();
  expect(closed.complaints).toEqual([]);
});

test("the page's own properties and parts change how it looks", async () => {
  const css =
    "balise-survey { --balise-accent: rgb(0, 90, 60); } balise-survey::part(ask) { color: rgb(1, 2, 3); }";
  const { page, radio } = await open(surveyOf([NPS]), { css });
  await radio("8").click();
  const tile = page.locator("balise-survey :checked + .option");
  expect(await tile.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
    "rgb(0, 90, 60)",
  );
  const ask = page.locator("balise-survey .ask");
  expect(await ask.evaluate((element) => getComputedStyle(element).color)).toBe("rgb(1, 2, 3)");
});

test("hostile words are words, and a survey that cannot be shown is told, not thrown", async () => {
  const evil = `<img src=x onerror="globalThis.evil=1"></legend>\u202e${"😀".repeat(90)}`;
  const survey = surveyOf([NPS]);
  survey.texts["en"]!.questions["nps"]!.ask = evil;
  const { page, complaints } = await open(survey);
  await page.getByText("<img src=x").first().waitFor();
  expect(await page.evaluate("globalThis.evil")).toBeUndefined();
  expect(complaints).toEqual([]);
  await opened?.close();
  const unknown = { id: "q", metric: "hologram" };
  const other = await open(surveyOf([Object.assign({ ...WHY }, unknown)]));
  await expect.poll(other.names).toEqual(["survey_suppressed"]);
  expect(await other.page.locator("balise-survey").count()).toBe(0);
  expect(other.complaints).toEqual([]);
});

test("reports are the events, in their order", async () => {
  const { page, radio, button, told } = await open(surveyOf([NPS]), {
    show: { outcome: "failure" },
  });
  await radio("1").click();
  await button("Send").click();
  await page.getByText("Thank you for your answer.").waitFor();
  const reports = await page.evaluate<[string, string, object?][]>("reports");
  expect(reports.map(([name]) => name)).toEqual([
    "survey_shown",
    "survey_answered",
    "survey_completed",
  ]);
  expect(reports[1]?.[2]).toMatchObject({ score: 1 });
  await expect.poll(told).toHaveLength(3);
  expect(told().map(({ outcome }) => outcome)).toEqual(["failure", "failure", "failure"]);
  await expect.poll(() => page.locator("balise-survey").count(), { timeout: 6000 }).toBe(0);
});
