// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a"}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { backAndForth, type BackAndForthOptions } from "./back-and-forth.js";

let stop: () => void;
let seen: [path: string, properties: unknown][];

beforeEach(() => {
  vi.useFakeTimers();
  sessionStorage.clear();
  history.replaceState(null, "", "https://shop.test/a");
  seen = [];
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

function start(options?: BackAndForthOptions): void {
  const track = (_name: string, properties?: object) =>
    void seen.push([location.pathname, properties]);
  stop = backAndForth({ track }, options);
}

function go(path: string, seconds = 2): void {
  history.pushState(null, "", path);
  vi.advanceTimersByTime(seconds * 1000);
}

/** The page is left, and another one of the site is loaded. */
function load(path: string, options?: BackAndForthOptions): void {
  window.dispatchEvent(new Event("pagehide"));
  stop();
  history.replaceState(null, "", path);
  start(options);
  vi.advanceTimersByTime(1);
}

test("who is back after a short stay on another route is told on the route returned to", () => {
  start();
  go("/b");
  go("/a");
  expect(seen).toEqual([["/a", { seconds: 2 }]]);
});

test("a long stay, another way and a step within the page are none", () => {
  start();
  go("/b", 11);
  go("/a", 3);
  go("/c", 3);
  go("/a#prices");
  go("/a");
  expect(seen).toEqual([["/a", { seconds: 3 }]]);
  go("/d", 1);
  go("/e", 1);
  expect(seen).toHaveLength(1);
});

test("to and fro is told once for each return", () => {
  start();
  for (const path of ["/b", "/a", "/b", "/a"]) go(path);
  expect(seen.map(([path]) => path)).toEqual(["/a", "/a"]);
});

test("how long a stay may be can be chosen", () => {
  start({ within: 30 });
  go("/b", 25);
  go("/a");
  expect(seen).toEqual([["/a", { seconds: 25 }]]);
});

test("a page that the browser had kept knows for how long it was left", () => {
  start();
  for (const seconds of [4, 40]) {
    window.dispatchEvent(new Event("pagehide"));
    vi.advanceTimersByTime(seconds * 1000);
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    vi.advanceTimersByTime(1);
  }
  expect(seen).toEqual([["/a", { seconds: 4 }]]);
});

test("without a memory nothing is stored, and a load forgets", () => {
  start();
  load("/b");
  load("/a");
  expect(seen).toEqual([]);
  expect(sessionStorage.length).toBe(0);
});

test("with a memory a return by a load is told, and a reload is none", () => {
  const memory = { memory: sessionStorage };
  start(memory);
  vi.advanceTimersByTime(60_000);
  load("/b", memory);
  vi.advanceTimersByTime(4999);
  for (let n = 0; n < 3; n++) load("/a", memory);
  expect(seen).toEqual([["/a", { seconds: 5 }]]);
});

test("a memory that is full disturbs nobody", () => {
  const memory = {
    getItem: () => null,
    setItem: () => {
      throw new Error("QuotaExceededError");
    },
  };
  expect(() => start({ memory })).not.toThrow();
  go("/b");
  go("/a");
  expect(seen).toHaveLength(1);
});

test("once stopped nothing is told, not even what was about to be", () => {
  start();
  go("/b");
  history.pushState(null, "", "/a");
  stop();
  go("/b");
  expect(seen).toEqual([]);
});
