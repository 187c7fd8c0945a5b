// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a"}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { visibleTime } from "./visible-time.js";

let stop: () => void;
let seen: [path: string, properties: unknown][];
let visibility: DocumentVisibilityState;

beforeEach(() => {
  vi.useFakeTimers();
  visibility = "visible";
  vi.spyOn(document, "visibilityState", "get").mockImplementation(() => visibility);
  history.replaceState(null, "", "https://shop.test/a");
  seen = [];
  start();
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

function start(): void {
  stop = visibleTime({
    track: (_name, properties) => void seen.push([location.pathname, properties]),
  });
}

function turn(to: DocumentVisibilityState): void {
  visibility = to;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
}

function show(persisted: boolean): void {
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted }));
}

test("the pieces of a page that is hidden in between add up, without the time it was hidden", () => {
  vi.advanceTimersByTime(3200);
  turn("hidden");
  vi.advanceTimersByTime(60_000);
  turn("visible");
  vi.advanceTimersByTime(1500);
  turn("hidden");
  expect(seen).toEqual([
    ["/a", { seconds: 3.2 }],
    ["/a", { seconds: 1.5 }],
  ]);
});

test("a page that is left and hidden tells its time once", () => {
  vi.advanceTimersByTime(2000);
  window.dispatchEvent(new Event("pagehide"));
  turn("hidden");
  turn("hidden");
  expect(seen).toEqual([["/a", { seconds: 2 }]]);
});

test("the load's own pageshow cuts nothing, and a page that comes back begins anew", () => {
  vi.advanceTimersByTime(1000);
  show(false);
  vi.advanceTimersByTime(1000);
  window.dispatchEvent(new Event("pagehide"));
  vi.advanceTimersByTime(9000);
  show(true);
  vi.advanceTimersByTime(4000);
  window.dispatchEvent(new Event("pagehide"));
  expect(seen.map(([, properties]) => properties)).toEqual([{ seconds: 2 }, { seconds: 4 }]);
});

test("a change of route gives each route its own time", () => {
  vi.advanceTimersByTime(5000);
  history.pushState(null, "", "/b");
  vi.advanceTimersByTime(7000);
  turn("hidden");
  expect(seen).toEqual([
    ["/a", { seconds: 5 }],
    ["/b", { seconds: 7 }],
  ]);
});

test("where the browser tells of a route too late, its time counts for no other", () => {
  vi.advanceTimersByTime(5000);
  History.prototype.replaceState.call(history, null, "", "/b");
  window.dispatchEvent(new PopStateEvent("popstate"));
  vi.advanceTimersByTime(7000);
  turn("hidden");
  expect(seen).toEqual([["/b", { seconds: 7 }]]);
});

test("a page that is hidden from the start, as one that is prepared ahead, has no time until it is seen", () => {
  stop();
  visibility = "hidden";
  start();
  vi.advanceTimersByTime(8000);
  turn("visible");
  vi.advanceTimersByTime(100);
  turn("hidden");
  expect(seen).toEqual([["/a", { seconds: 0.1 }]]);
});

test("once stopped nothing is told", () => {
  vi.advanceTimersByTime(2000);
  stop();
  turn("hidden");
  history.pushState(null, "", "/b");
  window.dispatchEvent(new Event("pagehide"));
  expect(seen).toEqual([]);
});
