// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/a"}
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { recordingTag } from "../testing/recording-tag.js";
import { scrollDepth } from "./scroll-depth.js";

let stop: () => void;
let events: [name: string, properties: unknown][];
/** Lays the page out, as the browser does before it paints. */
let lay: () => void;
let observing: boolean;

class Sizes {
  constructor(run: () => void) {
    lay = () => observing && run();
  }
  observe(): void {
    observing = true;
  }
  disconnect(): void {
    observing = false;
  }
}

function size(element: Element, height: number, view: number, width = 1000): void {
  const sizes = { scrollHeight: height, clientHeight: view, clientWidth: width, scrollTop: 0 };
  for (const [name, value] of Object.entries(sizes)) {
    Object.defineProperty(element, name, { value, writable: true, configurable: true });
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("ResizeObserver", Sizes);
  history.replaceState(null, "", "/a");
  document.body.innerHTML = "<nav></nav><main></main>";
  size(document.documentElement, 4000, 800);
  size(document.querySelector("main")!, 1000, 1000);
  const recording = recordingTag();
  events = recording.events;
  stop = scrollDepth(recording.tag);
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function settle(): void {
  vi.runAllTimers();
  lay();
}

function scroll(top: number, element?: Element): void {
  (element ?? document.documentElement).scrollTop = top;
  (element ?? document).dispatchEvent(new Event("scroll", { bubbles: !element }));
  lay();
}
const leave = () => document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
const depths = () => events.map(([, properties]) => properties);

test("the deepest share that was in view is told once, when the page is left", () => {
  settle();
  scroll(1300);
  scroll(200);
  expect(events).toEqual([]);
  leave();
  leave();
  expect(events).toEqual([["scroll_depth", { depth: 50 }]]);
});

test("a visitor who comes back and goes deeper is told again, one who does not is not", () => {
  settle();
  scroll(400);
  leave();
  scroll(700);
  leave();
  scroll(3199.5);
  leave();
  expect(depths()).toEqual([{ depth: 25 }, { depth: 100 }]);
});

test("the height at the end counts, not the one while the page was loading", () => {
  size(document.documentElement, 800, 800);
  settle();
  size(document.documentElement, 1600, 800);
  lay();
  leave();
  expect(depths()).toEqual([{ depth: 50 }]);
});

test("a page that does not scroll has no depth, nor has less than a quarter", () => {
  size(document.documentElement, 800, 800);
  settle();
  leave();
  size(document.documentElement, 4000, 800);
  lay();
  leave();
  expect(events).toEqual([]);
});

test("a new route is a page of its own, once it has settled", () => {
  settle();
  scroll(3200);
  history.pushState(null, "", "/b");
  expect(depths()).toEqual([{ depth: 100 }]);
  scroll(3200);
  leave();
  document.documentElement.scrollTop = 0;
  settle();
  scroll(1300);
  history.pushState(null, "", "/c");
  expect(depths()).toEqual([{ depth: 100 }, { depth: 50 }]);
});

test("a page that comes back from the back/forward cache begins anew", () => {
  settle();
  scroll(3200);
  leave();
  window.dispatchEvent(new Event("pageshow"));
  settle();
  leave();
  expect(depths()).toEqual([{ depth: 100 }, { depth: 100 }]);
});

test("where the page stands still, the large part that scrolls is the page", () => {
  const [nav, main] = [document.querySelector("nav")!, document.querySelector("main")!];
  size(document.documentElement, 800, 800);
  size(main, 2000, 700, 800);
  size(nav, 9000, 800, 200);
  settle();
  scroll(8200, nav);
  leave();
  expect(events).toEqual([]);
  scroll(400, main);
  leave();
  expect(depths()).toEqual([{ depth: 50 }]);
});

test("where the page scrolls, a part that does is no page", () => {
  const main = document.querySelector("main")!;
  size(main, 2000, 700, 800);
  settle();
  scroll(1300);
  scroll(1300, main);
  leave();
  expect(depths()).toEqual([{ depth: 50 }]);
});

test("once stopped nothing is told or looked at", () => {
  settle();
  scroll(3200);
  stop();
  leave();
  history.pushState(null, "", "/b");
  vi.runAllTimers();
  expect(events).toEqual([]);
  expect(observing).toBe(false);
});
