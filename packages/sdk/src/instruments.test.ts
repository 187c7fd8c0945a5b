import { type Browser, chromium } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { visit, type Visit } from "./testing/visit.js";

let built: Built;
let browser: Browser;
let seen: Visit | undefined;
beforeAll(async () => {
  built = await build();
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
    // Playwright switches the back/forward cache off.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
  });
});
afterEach(() => seen?.close());
afterAll(async () => {
  await browser?.close();
  await built?.remove();
});

async function open(body: string, instruments: string[], script: string, elsewhere?: string) {
  const visited = await visit(browser, built.dist, body, {
    instruments,
    script,
    ...(elsewhere && { elsewhere }),
  });
  seen = visited;
  const told = (name: string) => visited.told(name).map(({ properties }) => properties);
  return { ...visited, told };
}

test("the time a page was visible arrives when its tab is closed", async () => {
  const { page, told } = await open("<p>a</p>", ["visible-time"], "visibleTime(tag);");
  await page.waitForTimeout(300);
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => told("visible_time")).toHaveLength(1);
  const [piece] = told("visible_time");
  expect(piece?.["seconds"]).toBeGreaterThan(0);
});

test("each route has its own visible time, back and forward too", async () => {
  const { page, url, ...visited } = await open("<p>a</p>", ["visible-time"], "visibleTime(tag);");
  for (const step of ["history.pushState(null, '', '/b')", "history.back()"]) {
    await page.waitForTimeout(200);
    await page.evaluate(step);
  }
  await page.waitForTimeout(200);
  await page.goto("about:blank");
  const paths = () =>
    (seen?.told("visible_time") ?? []).map(({ page }) => page?.url?.slice(url.length));
  await expect.poll(paths).toEqual(["/", "/b", "/"]);
  expect(visited.complaints).toEqual([]);
});

test("errors, rejections, scripts from elsewhere and missing files are told apart", async () => {
  const { page, told } = await open(
    "<p>a</p>",
    ["errors"],
    `errors(tag, { resources: true });
     setTimeout(() => { throw new TypeError('no "Ada" here'); });
     setTimeout(() => { Promise.reject(new RangeError("12345678 is too far")); });
     setTimeout(() => { JSON.parse("Ada's data"); });
     const image = new Image(); image.src = "/missing.png?for=ada"; document.body.append(image);
     globalThis.load = () => {
       const script = document.createElement("script");
       script.src = globalThis.trustedTypes.createPolicy("t", { createScriptURL: (u) => u }).createScriptURL(elsewhere);
       document.body.append(script);
     };`,
    "throw new Error('what browsers hide');",
  );
  await page.evaluate("globalThis.load()");
  await expect.poll(() => told("js_error")).toHaveLength(5);
  const by = (text: RegExp) =>
    told("js_error").find((one) => text.test(JSON.stringify(one?.["message"])));
  expect(by(/TypeError/)).toEqual({
    kind: "error",
    message: "TypeError: no … here",
    source: "/main.js",
    line: expect.any(Number),
    column: expect.any(Number),
  });
  expect(by(/RangeError/)).toMatchObject({
    kind: "rejection",
    message: "RangeError: … is too far",
    source: "/main.js",
    line: expect.any(Number),
  });
  expect(by(/JSON/)?.["message"]).not.toContain("Ada");
  expect(by(/Script error/)).toEqual({ kind: "foreign", message: "Script error." });
  expect(by(/img/)).toEqual({ kind: "resource", message: "img", source: "/missing.png" });
});

test("three quick clicks are rage, a paragraph that is selected is not", async () => {
  const { page, told, complaints } = await open(
    '<button id="pay">Pay</button><p>some words to select</p>',
    ["rage-clicks"],
    "rageClicks(tag);",
  );
  await page.click("p", { clickCount: 3, delay: 10 });
  expect(await page.evaluate("getSelection().type")).toBe("Range");
  await page.click("button", { clickCount: 5, delay: 10 });
  await page.goto("about:blank");
  await expect.poll(() => told("rage_click")).toEqual([{ target: "button#pay" }]);
  expect(complaints).toEqual([]);
});

test("of a dead, a living and a slow button only the dead one is told", async () => {
  const { page, told, complaints } = await open(
    `<button id="dead">a</button><button id="alive">b</button><button id="away">c</button>
     <button id="popover-button" popovertarget="pop">d</button><div id="pop" popover>menu</div>`,
    ["dead-clicks"],
    `deadClicks(tag);
     const on = (id, run) => document.getElementById(id).addEventListener("click", run);
     on("alive", () => document.body.append("done"));
     on("away", () => { location.href = "/slow"; });`,
  );
  for (const id of ["alive", "dead", "popover-button"]) {
    await page.click(`#${id}`);
    await page.waitForTimeout(1200);
  }
  await expect.poll(() => told("dead_click")).toEqual([{ target: "button#dead" }]);
  // A page that takes its time: the navigation has begun, and nothing is seen of it.
  await page.route("**/slow", () => undefined);
  await page.click("#away", { noWaitAfter: true });
  await page.waitForTimeout(1200);
  expect(told("dead_click")).toHaveLength(1);
  expect(complaints).toEqual([]);
});

test("the back button after a short stay is told, on a route and on a page that the browser kept", async () => {
  const { page, url, told } = await open("<p>a</p>", ["back-and-forth"], "backAndForth(tag);");
  await page.evaluate("history.pushState(null, '', '/b')");
  await page.evaluate("history.back()");
  await expect.poll(() => told("back_and_forth")).toHaveLength(1);
  await page.evaluate("globalThis.kept = true");
  await page.goto(`${url}/other`);
  await page.evaluate("void setTimeout(() => history.back(), 0)");
  await page.waitForFunction("globalThis.kept");
  await expect.poll(() => told("back_and_forth")).toHaveLength(2);
  expect(seen?.told("back_and_forth").map(({ page }) => page?.url)).toEqual([`${url}/`, `${url}/`]);
});

const VIDEO = `
  /** Silence of so many seconds, as a file that the page has made. */
  globalThis.silence = (seconds) => {
    const rate = 8000, size = rate * seconds, bytes = new DataView(new ArrayBuffer(44 + size));
    const put = (at, text) => [...text].forEach((c, n) => bytes.setUint8(at + n, c.charCodeAt(0)));
    put(0, "RIFF"); bytes.setUint32(4, 36 + size, true); put(8, "WAVEfmt ");
    bytes.setUint32(16, 16, true); bytes.setUint16(20, 1, true); bytes.setUint16(22, 1, true);
    bytes.setUint32(24, rate, true); bytes.setUint32(28, rate, true); bytes.setUint16(32, 1, true);
    bytes.setUint16(34, 8, true); put(36, "data"); bytes.setUint32(40, size, true);
    new Uint8Array(bytes.buffer).fill(128, 44);
    return URL.createObjectURL(new Blob([bytes], { type: "audio/wav" }));
  };
  globalThis.play = async (video, { from = 0 } = {}) => {
    video.muted = true; video.playbackRate = 4;
    if (!video.src) video.src = silence(4);
    video.currentTime = from;
    const ended = new Promise((done) => video.addEventListener("ended", done, { once: true }));
    await video.play(); await ended;
  };`;

test("a video tells how far it was seen, once, however often it is played", async () => {
  const { page, told, complaints } = await open(
    '<video id="tour" controls></video>',
    ["video"],
    `video(tag); ${VIDEO}`,
  );
  await page.evaluate("play(document.getElementById('tour'))");
  await page.evaluate("play(document.getElementById('tour'))");
  const about = { video: "tour", duration: 4 };
  await expect.poll(() => told("video_complete")).toEqual([{ ...about, percent: 100 }]);
  expect(told("video_start")).toEqual([about]);
  expect(told("video_progress")).toEqual([25, 50, 75].map((percent) => ({ ...about, percent })));
  expect(complaints).toEqual([]);
});

test("a video that comes later, and of which only the end is played, is complete without having been seen", async () => {
  const { page, told } = await open("<p>a</p>", ["video"], `video(tag); ${VIDEO}`);
  await page.evaluate(`{
    const late = document.createElement("video");
    late.title = "Offer"; late.src = silence(4);
    document.body.append(late);
    new Promise((done) => late.addEventListener("loadedmetadata", done)).then(() => play(late, { from: 3.6 }));
  }`);
  await expect.poll(() => told("video_complete"), { timeout: 10_000 }).toHaveLength(1);
  const [end] = told("video_complete");
  expect(end).toMatchObject({ video: "Offer", duration: 4 });
  expect(end?.["percent"]).toBeLessThan(25);
  expect(told("video_start")).toHaveLength(1);
  expect(told("video_progress")).toEqual([]);
});
