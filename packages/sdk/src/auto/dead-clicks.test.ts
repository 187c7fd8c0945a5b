// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a","settings":{"navigation":{"disableMainFrameNavigation":true,"disableFallbackToSetURL":true}}}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { deadClicks, type DeadClicksOptions } from "./dead-clicks.js";

let stop: () => void;
let events: [name: string, properties: unknown][];
let focused: boolean;

function start(options?: DeadClicksOptions): void {
  const recording = recordingTag();
  ({ events } = recording);
  stop = deadClicks(recording.tag, options);
}
beforeEach(() => {
  vi.useFakeTimers();
  focused = true;
  vi.spyOn(document, "hasFocus").mockImplementation(() => focused);
  document.body.innerHTML =
    '<main id="home"><button><b>Buy</b></button><input id="field"><p>text</p></main>';
  start();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (!element) throw new Error(`no ${selector}`);
  return element;
}

function fire(selector: string, type: string): Event {
  const event = new Event(type, { bubbles: true, composed: true, cancelable: true });
  find(selector).dispatchEvent(event);
  return event;
}

/** What is told when somebody clicks there and this happens in the following second. */
async function toldAfter(selector: string, happens = (): unknown => undefined): Promise<unknown[]> {
  fire(selector, "pointerdown");
  fire(selector, "click");
  await vi.advanceTimersByTimeAsync(300);
  happens();
  await vi.advanceTimersByTimeAsync(1000);
  return events.splice(0).map(([, properties]) => properties);
}
const dead = [{ target: "main#home button" }];

test("a click after which nothing happens is told", async () => {
  expect(await toldAfter("b")).toEqual(dead);
  expect(await toldAfter("b")).toEqual(dead);
});

test("whatever happens makes it a living one", async () => {
  const signs: { [sign: string]: () => unknown } = {
    "an element": () => find("main").append("!"),
    "an attribute": () => find("main").setAttribute("data-n", "1"),
    "a text": () => find("p").firstChild?.replaceWith("other"),
    "focus elsewhere": () => find("#field").focus(),
    scrolling: () => fire("main", "scroll"),
    "a form sent": () => fire("main", "submit"),
    "a field changed": () => fire("main", "change"),
    "a popover": () => fire("main", "toggle"),
    "a medium": () => fire("main", "play"),
    "a navigation begun": () => window.dispatchEvent(new Event("beforeunload")),
    "another window": () => (focused = false),
  };
  for (const [sign, happens] of Object.entries(signs)) {
    expect([sign, ...(await toldAfter("b", happens))]).toEqual([sign]);
    focused = true;
  }
});

test("what the page does at the press already counts", async () => {
  fire("b", "pointerdown");
  find("main").append("menu");
  await vi.advanceTimersByTimeAsync(50);
  fire("b", "click");
  await vi.advanceTimersByTimeAsync(1000);
  expect(events).toEqual([]);
});

test("the focus that the press itself gives is no sign", async () => {
  const focus = (): void => find("button").focus();
  find("button").addEventListener("pointerdown", focus);
  expect(await toldAfter("b")).toEqual(dead);
  expect(await toldAfter("b", () => fire("main", "scroll"))).toEqual([]);
});

test("a press without a click, and a click on something else, are none", async () => {
  fire("b", "pointerdown");
  fire("p", "click");
  await vi.advanceTimersByTimeAsync(1000);
  expect(events).toEqual([]);
  expect(await toldAfter("p")).toEqual([]);
});

test("a link that the browser follows is alive, one that the page has stopped is not", async () => {
  document.body.innerHTML = '<a href="/b">b</a>';
  expect(await toldAfter("a")).toEqual([]);
  const prevent = (event: Event): void => event.preventDefault();
  find("a").addEventListener("click", prevent);
  expect(await toldAfter("a")).toEqual([{ target: "a" }]);
});

test("a link that leads nowhere is dead", async () => {
  for (const href of ["#", "javascript:void(0)", ""]) {
    document.body.innerHTML = `<a href="${href}">b</a>`;
    expect(await toldAfter("a")).toEqual([{ target: "a" }]);
  }
});

test("what is switched off, or where the visitor is already, is not judged", async () => {
  document.body.innerHTML =
    '<button aria-disabled="true">a</button><a href="#" aria-current="page">b</a>';
  expect(await toldAfter("button")).toEqual([]);
  expect(await toldAfter("a")).toEqual([]);
});

test("what looks clickable can be chosen", async () => {
  stop();
  start({ clickable: "p, button:not([data-copy])" });
  expect(await toldAfter("p")).toEqual([{ target: "main#home p" }]);
  find("button").setAttribute("data-copy", "");
  expect(await toldAfter("b")).toEqual([]);
});

test("once stopped nothing is told, and nothing is observed", async () => {
  fire("b", "pointerdown");
  fire("b", "click");
  stop();
  expect(vi.getTimerCount()).toBe(0);
  await vi.advanceTimersByTimeAsync(2000);
  expect(events).toEqual([]);
});
