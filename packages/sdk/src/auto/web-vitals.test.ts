import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { build, type Built } from "../testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "../testing/chromium.js";
import { visit, type Visit } from "../testing/visit.js";

let built: Built;
let browser: Browser;
let seen: Visit | undefined;
beforeAll(async () => {
  built = await build();
  browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGS });
});
afterEach(() => seen?.close());
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

const BODY = `<p>Prices</p><button>Buy</button>`;
const SHIFT = `document.querySelector("button").addEventListener("click", () => {
  const until = performance.now() + 120;
  while (performance.now() < until);
  const notice = document.createElement("p");
  notice.textContent = "late";
  notice.style.height = "300px";
  setTimeout(() => document.body.prepend(notice), 700);
});`;

test("the five measures of a real page arrive, the last ones when it is left", async () => {
  seen = await visit(browser, built.dist, BODY, {
    instruments: ["web-vitals"],
    script: `webVitals(tag); ${SHIFT}`,
  });
  const { page, told } = seen;
  await page.click("button");
  await page.getByText("late").waitFor();
  // Two frames: the shift has been painted.
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await page.goto("about:blank");
  const metrics = () => new Set(told("web_vital").map((event) => event.properties?.["metric"]));
  await expect.poll(metrics).toEqual(new Set(["CLS", "FCP", "INP", "LCP", "TTFB"]));
  const by = Object.fromEntries(
    told("web_vital").map(({ properties }) => [properties?.["metric"], properties]),
  );
  expect(by["CLS"]?.["value"]).toBeGreaterThan(0.01);
  expect(by["INP"]?.["value"]).toBeGreaterThanOrEqual(100);
  for (const properties of Object.values(by)) {
    expect(Object.keys(properties ?? {})).toEqual(["metric", "value", "rating", "navigationType"]);
    expect(properties).toMatchObject({ navigationType: "navigate" });
  }
  expect(seen.complaints).toEqual([]);
});

test("once stopped nothing is told, and another start is", async () => {
  seen = await visit(browser, built.dist, BODY, {
    instruments: ["web-vitals"],
    script: `
      webVitals(tag)();
      webVitals({ track: (name, properties) => tag.track("second", properties) });`,
  });
  await seen.page.goto("about:blank");
  await expect.poll(() => seen?.told("second").length).toBeGreaterThanOrEqual(3);
  expect(seen.told("web_vital")).toEqual([]);
});
