// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Tracker } from "../instruments/tracker.js";
import { pageViews } from "./page-views.js";

let stop: () => void;
let seen: string[];
const recorder: Tracker = {
  track: (name: string) =>
    void seen.push(name.replace("page_view", location.pathname + location.hash)),
};

beforeEach(() => {
  vi.useFakeTimers();
  history.replaceState(null, "", "https://shop.test/a");
  seen = [];
  stop = pageViews(recorder);
  vi.runAllTimers();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
});

test("the first load counts a task later, as of the moment when it started", () => {
  stop();
  seen = [];
  const times: unknown[] = [];
  const started = Date.now();
  stop = pageViews({ track: (...[, , extras]) => void times.push(extras?.occurredAt) });
  expect(times).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(times).toEqual([started]);
});

test("a page that is left in its first moment still counts", () => {
  stop();
  seen = [];
  stop = pageViews(recorder);
  window.dispatchEvent(new Event("pagehide"));
  vi.runAllTimers();
  expect(seen).toEqual(["/a"]);
});

test("pushState and replaceState to another address count", () => {
  history.pushState(null, "", "/b");
  vi.runAllTimers();
  history.replaceState(null, "", "/c");
  vi.runAllTimers();
  expect(seen).toEqual(["/a", "/b", "/c"]);
});

test("replaceState to the same address counts nothing", () => {
  history.replaceState({ scroll: 7 }, "", location.href);
  history.replaceState({ scroll: 8 }, "");
  vi.runAllTimers();
  expect(seen).toEqual(["/a"]);
});

test("a redirect counts once, at its end", () => {
  history.pushState(null, "", "/login");
  history.replaceState(null, "", "/home");
  vi.runAllTimers();
  expect(seen).toEqual(["/a", "/home"]);
});

test("an anchor is no page, a hash route is one", () => {
  history.pushState(null, "", "/a#prices");
  vi.runAllTimers();
  history.pushState(null, "", "/a#/orders");
  vi.runAllTimers();
  expect(seen).toEqual(["/a", "/a#/orders"]);
});

test("back and forward count", () => {
  history.pushState(null, "", "/b");
  vi.runAllTimers();
  history.replaceState(null, "", "/a");
  window.dispatchEvent(new PopStateEvent("popstate"));
  vi.runAllTimers();
  expect(seen).toEqual(["/a", "/b", "/a"]);
});

test("coming back from the back/forward cache counts, an ordinary load does not twice", () => {
  for (const persisted of [false, true]) {
    window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
  }
  expect(seen).toEqual(["/a", "/a"]);
});

test("a route that is left within its first moment still counts", () => {
  history.pushState(null, "", "/b");
  window.dispatchEvent(new Event("pagehide"));
  expect(seen).toEqual(["/a", "/b"]);
  vi.runAllTimers();
  expect(seen).toHaveLength(2);
});

test("once stopped, nothing counts and history is the browser's own again", () => {
  stop();
  history.pushState(null, "", "/b");
  vi.runAllTimers();
  expect(seen).toEqual(["/a"]);
  expect(Object.hasOwn(history, "pushState") && history.pushState.name === "").toBe(false);
});
