// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { listen } from "./listen.js";
import { together } from "./stop.js";

afterEach(() => vi.restoreAllMocks());

/** Types that listeners were added and removed for, in order. */
function watch(target: EventTarget = window): string[] {
  const calls: string[] = [];
  vi.spyOn(target, "addEventListener").mockImplementation((type) => void calls.push(`+${type}`));
  vi.spyOn(target, "removeEventListener").mockImplementation((type) => void calls.push(`-${type}`));
  return calls;
}

test("ten instruments that ask for a type add one listener, and the last one removes it", () => {
  const calls = watch();
  const stops = Array.from({ length: 10 }, () => listen("click", () => undefined));
  expect(calls).toEqual(["+click"]);
  together(...stops.slice(1))();
  expect(calls).toEqual(["+click"]);
  stops[0]?.();
  expect(calls).toEqual(["+click", "-click"]);
  together(...stops)();
  expect(calls).toEqual(["+click", "-click"]);
});

test("one that stops takes its own away alone", () => {
  const heard = vi.fn<() => void>();
  const stop = [listen("click", () => heard()), listen("click", () => heard())];
  document.body.click();
  expect(heard).toHaveBeenCalledTimes(2);
  stop[0]?.();
  stop[0]?.();
  document.body.click();
  expect(heard).toHaveBeenCalledTimes(3);
  stop[1]?.();
  document.body.click();
  expect(heard).toHaveBeenCalledTimes(3);
});

test("after a stop it can be listened to again", () => {
  listen("click", () => undefined)();
  const heard = vi.fn<() => void>();
  const stop = listen("click", heard);
  document.body.click();
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
});

test("listeners are passive, and hear what the page keeps to itself", () => {
  const added = vi.spyOn(window, "addEventListener");
  const heard = vi.fn<() => void>();
  const stop = listen("click", heard);
  expect(added.mock.lastCall?.[2]).toEqual({ capture: true, passive: true });
  document.body.addEventListener("click", (event) => event.stopImmediatePropagation(), {
    once: true,
  });
  document.body.click();
  expect(heard).toHaveBeenCalledTimes(1);
  stop();
});

test("the fault of one reaches neither the page nor the others", () => {
  const faults: unknown[] = [];
  window.addEventListener("error", (event) => faults.push(event));
  const heard = vi.fn<() => void>();
  const stop = together(
    listen("click", () => {
      throw new Error("instrument");
    }),
    listen("click", heard),
  );
  expect(() => document.body.click()).not.toThrow();
  expect(heard).toHaveBeenCalledTimes(1);
  expect(faults).toEqual([]);
  stop();
});

test("what is heard at another target ends with the stop too", () => {
  const heard = vi.fn<() => void>();
  const own = new EventTarget();
  const stop = listen("beat", heard, own);
  own.dispatchEvent(new Event("beat"));
  stop();
  own.dispatchEvent(new Event("beat"));
  expect(heard).toHaveBeenCalledTimes(1);
});
