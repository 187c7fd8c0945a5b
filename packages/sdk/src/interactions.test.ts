import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { build, type Built } from "./testing/built.js";
import { CHROMIUM_ARGS, findChromium } from "./testing/chromium.js";
import { visit, type Visit } from "./testing/visit.js";

const NAMES = ["clicks", "outbound-links", "downloads", "forms", "scroll-depth"];
const START = "clicks(tag); outboundLinks(tag); downloads(tag); forms(tag); scrollDepth(tag);";

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

async function open(body: string, script = START) {
  const visited = await visit(browser, built.dist, body, { instruments: NAMES, script });
  seen = visited;
  const told = (name: string) => visited.told(name).map(({ properties }) => properties);
  const paths = (name: string) =>
    visited.told(name).map(({ page }) => page?.url?.slice(visited.url.length));
  return { ...visited, told, paths };
}

test("a click that leaves the page arrives, and neither waits nor is prevented", async () => {
  const { page, url, told, complaints } = await open(
    `<a href="/other" data-balise="next" data-balise-place="top"><svg width="20" height="20">
       <rect width="20" height="20"/></svg></a>`,
    `${START} addEventListener("click", (event) => { tag.track("heard", { kept: !event.defaultPrevented }); });`,
  );
  // A collector that never answers holds nobody back.
  await page.route("**/v1/batch", () => undefined);
  await page.click("rect");
  await page.waitForURL(`${url}/other`);
  await page.unroute("**/v1/batch");
  await page.reload();
  await expect.poll(() => told("click")).toEqual([{ element: "next", place: "top" }]);
  expect(told("heard")).toEqual([{ kept: true }]);
  expect(complaints).toEqual([]);
});

test("keys and the middle button activate as a click does", async () => {
  const { page, told } = await open(
    '<a href="/other" data-balise="link">a</a><button data-balise="button">b</button>',
  );
  await page.focus("button");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  const opened = page.context().waitForEvent("page");
  await page.click("a", { button: "middle" });
  await opened;
  await page.click("button", { button: "middle" });
  await page.click("a", { button: "right" });
  await page.focus("a");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/other");
  await expect
    .poll(() => told("click").map((properties) => properties?.["element"]))
    .toEqual(["button", "button", "link", "link"]);
});

test("a label is one click, and so is a button in a shadow tree", async () => {
  const { page, told } = await open(
    `<label data-balise="news">News <input type="checkbox"></label><my-box></my-box>`,
    `${START} const button = document.createElement("button");
     button.setAttribute("data-balise", "inner"); button.textContent = "inner";
     document.querySelector("my-box").attachShadow({ mode: "open" }).append(button);`,
  );
  await page.getByText("News").click();
  await page.getByText("inner").click();
  await expect.poll(() => told("click")).toEqual([{ element: "news" }, { element: "inner" }]);
  expect(await page.isChecked("input")).toBe(true);
});

test("a link to another host arrives without its query, and a download without its name", async () => {
  const { page, url, told } = await open(
    '<a id="away">away</a><a id="file" href="/main.js?for=ada" download="Ada.PDF">file</a>',
    `${START} document.getElementById("away").href =
       location.href.replace("127.0.0.1", "localhost") + "other?for=ada#me";`,
  );
  const saved = page.waitForEvent("download");
  await page.click("#file");
  expect((await saved).suggestedFilename()).toBe("Ada.PDF");
  await page.click("#away");
  await page.waitForURL("http://localhost:*/other?for=ada#me");
  await expect.poll(() => told("outbound_click")).toHaveLength(1);
  const other = url.replace("127.0.0.1", "localhost");
  expect(told("outbound_click")).toEqual([{ host: "localhost", url: `${other}/other` }]);
  expect(told("file_download")).toEqual([
    { file: "main.js", extension: "pdf", url: `${url}/main.js` },
  ]);
});

const FORM = `<form id="quote" action="/other">
  <input name="email" type="email" required><input name="city"><button name="go">Send</button></form>`;

test("a form that is left by closing the tab arrives as abandoned, without what was typed", async () => {
  const { page, told } = await open(FORM);
  await page.type("[name=email]", "ada@secret.test");
  await page.focus("[name=city]");
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => told("form_abandon")).toHaveLength(1);
  expect(told("form_start")).toEqual([{ form: "quote", field: "email" }]);
  expect(told("form_abandon")).toEqual([
    { form: "quote", field: "city", seconds: expect.any(Number) },
  ]);
  expect(JSON.stringify([seen?.told("form_start"), seen?.told("form_abandon")])).not.toMatch(
    /ada|secret/,
  );
});

test("what the browser refuses is not sent; Enter sends what it takes", async () => {
  const { page, told } = await open(FORM);
  await page.type("[name=city]", "Paris");
  await page.click("button");
  await page.type("[name=email]", "ada@secret.test");
  expect(told("form_submit")).toEqual([]);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/other?*");
  await expect.poll(() => told("form_submit")).toHaveLength(1);
  expect(told("form_start")).toHaveLength(1);
  expect(told("form_abandon")).toEqual([]);
});

test("a form that the page refuses counts once it sends it itself; requestSubmit() counts too", async () => {
  const { page, told } = await open(
    `<form name="a" novalidate><input name="email" required><button>Send</button></form>
     <form name="b"><input name="x"></form>`,
    `${START} document.forms.a.addEventListener("submit", (event) => {
       event.preventDefault();
       if (document.forms.a.checkValidity()) fetch("/other");
     });
     document.forms.b.addEventListener("submit", (event) => event.preventDefault());`,
  );
  await page.click("button");
  await page.type("[name=email]", "ada");
  await expect.poll(() => told("form_start")).toEqual([{ form: "a" }]);
  expect(told("form_submit")).toEqual([]);
  await page.click("button");
  await page.evaluate("document.forms.b.requestSubmit()");
  await expect.poll(() => told("form_submit")).toHaveLength(2);
  expect(told("form_submit")).toMatchObject([{ form: "a", field: "email" }, { form: "b" }]);
});

test("a form is abandoned where it was when the application goes elsewhere or removes it", async () => {
  const { page, told, paths } = await open(`${FORM}<button id="more">More</button>`);
  await page.type("[name=city]", "P");
  await page.evaluate("history.replaceState(null, '', '?city=P')");
  await page.evaluate("history.pushState(null, '', '/step')");
  await expect.poll(() => paths("form_abandon")).toEqual(["/?city=P"]);
  await page.type("[name=city]", "a");
  await page.evaluate("document.getElementById('quote').remove()");
  await page.click("#more");
  await expect.poll(() => paths("form_abandon")).toEqual(["/?city=P", "/step"]);
  expect(told("form_start")).toHaveLength(2);
});

test("a form in a shadow tree is sent, and a field in one has the name of its host", async () => {
  const { page, told } = await open(
    '<my-box></my-box><form id="outer"><my-field name="city"></my-field></form>',
    `${START} const form = document.createElement("form");
     const field = document.createElement("input");
     [form.id, field.name] = ["inner", "phone"]; form.action = "/other"; form.append(field);
     document.querySelector("my-box").attachShadow({ mode: "open" }).append(form);
     document.querySelector("my-field").attachShadow({ mode: "open" })
       .append(document.createElement("input"));`,
  );
  await page.type("my-field input", "P");
  await page.type("my-box input", "0123");
  await page.keyboard.press("Enter");
  await page.waitForURL("**/other?*");
  await expect.poll(() => told("form_submit")).toMatchObject([{ form: "inner", field: "phone" }]);
  expect(told("form_abandon")).toMatchObject([{ form: "outer", field: "city" }]);
});

test("what is entered without anybody being there is no start, a tick is one", async () => {
  const { page, told } = await open(
    '<form id="login"><input name="user"><input name="keep" type="checkbox"></form>',
  );
  await page.evaluate(
    "document.querySelector('input').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))",
  );
  await page.check("[name=keep]");
  await page.type("[name=user]", "a");
  await expect.poll(() => told("form_start")).toEqual([{ form: "login", field: "keep" }]);
});

/** Until the page has been looked at, and once more laid out. */
const settled = (page: Page) => page.waitForTimeout(1300);
const scrolledTo = (page: Page, top: unknown, where = "scrollY") =>
  expect.poll(() => page.evaluate(where)).toBe(top);
const TALL = '<p style="height: 1px"></p>';

async function tall(script = START) {
  return open(TALL, `document.querySelector("p").style.setProperty("height", "4000px"); ${script}`);
}

test("the depth of a page arrives when it is left, that of a route when it changes", async () => {
  const { page, told, paths } = await tall();
  await settled(page);
  await page.mouse.wheel(0, 1500);
  await scrolledTo(page, 1500);
  await settled(page);
  await page.evaluate("history.pushState(null, '', '/b')");
  await page.evaluate("scrollTo(0, 0)");
  await settled(page);
  await page.keyboard.press("End");
  await scrolledTo(
    page,
    await page.evaluate("document.documentElement.scrollHeight - innerHeight"),
  );
  await settled(page);
  await page.goto("about:blank");
  await expect.poll(() => told("scroll_depth")).toEqual([{ depth: 50 }, { depth: 100 }]);
  expect(paths("scroll_depth")).toEqual(["/", "/b"]);
});

test("in a page that stands still, the part that scrolls is measured", async () => {
  const { page, told } = await open(
    "<main><p></p></main>",
    `${START} const [main, p] = document.querySelectorAll("main, p");
     main.style.setProperty("overflow", "auto"); main.style.setProperty("height", "90vh");
     document.body.style.setProperty("margin", "0"); p.style.setProperty("height", "3000px");`,
  );
  await settled(page);
  await page.hover("main");
  await page.mouse.wheel(0, 1000);
  await scrolledTo(page, 1000, "document.querySelector('main').scrollTop");
  await settled(page);
  await page.goto("about:blank");
  await expect.poll(() => told("scroll_depth")).toEqual([{ depth: 50 }]);
});

test("no script makes the browser lay the page out, however much the page changes meanwhile", async () => {
  const forced = async (script: string) => {
    const { page, close } = await tall(
      `addEventListener("scroll", () => {
         document.querySelector("p").style.setProperty("width", Math.random() * 500 + "px");
       }, true); ${script}`,
    );
    await settled(page);
    await browser.startTracing(page, {
      categories: ["devtools.timeline", "disabled-by-default-devtools.timeline.stack"],
    });
    for (let n = 0; n < 5; n++) {
      await page.mouse.wheel(0, 200);
      await scrolledTo(page, (n + 1) * 200);
    }
    const trace = JSON.parse((await browser.stopTracing()).toString());
    await close();
    return layoutsByScript(trace.traceEvents);
  };
  expect(
    await forced('addEventListener("scroll", () => document.body.clientHeight, true);'),
  ).toBeGreaterThan(0);
  expect(await forced(START)).toBe(0);
});

interface Traced {
  name: string;
  args: { beginData?: { stackTrace?: unknown[] } };
}

function layoutsByScript(events: Traced[]): number {
  const layouts = events.filter(({ name }) => name === "Layout");
  expect(layouts.length).toBeGreaterThan(0);
  return layouts.filter(({ args }) => args.beginData?.stackTrace?.length).length;
}

/** Types of the listeners that instruments have on the window: theirs capture and are passive. */
async function listening(page: Page): Promise<string[]> {
  const devtools = await page.context().newCDPSession(page);
  const { result } = await devtools.send("Runtime.evaluate", { expression: "window" });
  const { listeners } = await devtools.send("DOMDebugger.getEventListeners", {
    objectId: String(result.objectId),
  });
  const types = listeners.filter(({ useCapture, passive }) => useCapture && passive);
  return types.map(({ type }) => type);
}

test("ten instruments add one listener of each type, and stops take all of them away", async () => {
  const { page, told } = await open(
    '<button data-balise="a">a</button>',
    `globalThis.stops = [clicks, outboundLinks, downloads, forms, scrollDepth].flatMap((start) =>
       [start(tag), start(tag)]);
     globalThis.stop = () => stops.splice(0).forEach((stop) => stop());
     globalThis.tag = tag;`,
  );
  const types = await listening(page);
  expect(new Set(types)).toEqual(
    new Set(
      "auxclick click focusin input pagehide pageshow scroll submit visibilitychange".split(" "),
    ),
  );
  expect(types).toHaveLength(new Set(types).size);
  await page.evaluate("stop()");
  expect(await listening(page)).toEqual([]);
  await page.click("button");
  await page.evaluate("tag.track('ended')");
  await expect.poll(() => told("ended")).toHaveLength(1);
  expect(told("click")).toEqual([]);
});

test("instruments hold no code that could hinder the page or read what is entered", async () => {
  const read = (file: string) => readFile(join(built.dist, file), "utf8");
  const codes = await Promise.all(NAMES.map((name) => read(`auto/${name}.js`)));
  const chunks = codes.flatMap((code) =>
    [...code.matchAll(/chunks\/[\w-]+\.js/g)].map(([file]) => file),
  );
  expect(chunks.length).toBeGreaterThan(0);
  for (const code of [...codes, ...(await Promise.all([...new Set(chunks)].map(read)))]) {
    expect(code).not.toMatch(
      /preventDefault|stop\w*Propagation\(\w|\.value\b|offset|getBoundingClientRect|innerText|textContent|innerHTML/,
    );
  }
});
