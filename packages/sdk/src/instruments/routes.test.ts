// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://shop.test/"}
// oxlint-disable typescript/unbound-method -- methods of history are only compared here
import { afterEach, beforeEach, expect, test } from "vitest";
import { onRoute } from "./routes.js";

let stop: () => void;
let seen: string[];
const own = history.pushState;

beforeEach(() => {
  history.replaceState(null, "", "https://shop.test/a");
  seen = [];
  stop = onRoute(
    (to) => void seen.push(`${location.pathname} → ${to.slice("https://shop.test".length)}`),
  );
});
afterEach(() => stop());

test("a change of route is told before the address changes", () => {
  history.pushState(null, "", "/b");
  history.replaceState(null, "", new URL("https://shop.test/c"));
  expect(seen).toEqual(["/a → /b", "/b → /c"]);
});

test("an anchor, a state and the same address are no change; a hash route is one", () => {
  history.pushState({ open: true }, "");
  history.replaceState(null, "", "/a");
  history.pushState(null, "", "#prices");
  expect(seen).toEqual([]);
  history.pushState(null, "", "#/orders");
  expect(seen).toEqual(["/a → /a#/orders"]);
});

test("back and forward are told once", () => {
  // Past the patch, as the browser's own buttons move the address.
  History.prototype.replaceState.call(history, null, "", "/b");
  window.dispatchEvent(new PopStateEvent("popstate"));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
  expect(seen).toEqual(["/b → /b"]);
});

test("an address that is none is refused by the browser alone, and told to nobody", () => {
  expect(() => history.pushState(null, "", "https://")).toThrow(/URL/);
  expect(seen).toEqual([]);
});

test("of two that follow each stops alone, and history is the browser's own again", () => {
  const second = onRoute((to) => void seen.push(`second ${to}`));
  second();
  history.pushState(null, "", "/b");
  expect(seen).toEqual(["/a → /b"]);
  stop();
  history.pushState(null, "", "/c");
  expect(seen).toHaveLength(1);
  expect(history.pushState).toBe(own);
});

test("what another has wrapped since stays, and tells nobody any more", () => {
  const ours = history.pushState;
  const theirs: History["pushState"] = (...args) => ours.apply(history, args);
  history.pushState = theirs;
  stop();
  expect(history.pushState).toBe(theirs);
  history.pushState(null, "", "/b");
  expect(seen).toEqual([]);
  Reflect.deleteProperty(history, "pushState");
});
