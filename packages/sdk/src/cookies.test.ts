// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://www.shop.test/"}
import { expect, test } from "vitest";
import { cookies } from "./cookies.js";
import { memoryStore } from "./testing/memory-store.js";

const setUp = (other = memoryStore()) => ({ other, store: cookies("shop.test")(other) });

test("a cookie keeps a value until it is removed, for all subdomains", () => {
  const { other, store } = setUp();
  const value = "x; y=é";
  store.set("balise.person", value);
  expect(setUp().store.get("balise.person")).toBe(value);
  expect([store.get("person"), other.keys()]).toEqual([null, []]);
  store.set("balise.person", null);
  expect(store.get("balise.person")).toBeNull();
});

test("a cookie lives for 13 months, and on https only there", () => {
  const written: string[] = [];
  const cookie = { get: () => "", set: (text: string) => void written.push(text) };
  Object.defineProperty(document, "cookie", { ...cookie, configurable: true });
  try {
    setUp().store.set("a", "b");
    expect(written).toEqual(["a=b;Max-Age=34128000;Domain=shop.test;Path=/;SameSite=Lax;Secure"]);
  } finally {
    Reflect.deleteProperty(document, "cookie");
  }
});

test("where cookies throw, the other store keeps what they do not", () => {
  const refuse = () => {
    throw new DOMException("sandboxed", "SecurityError");
  };
  Object.defineProperty(document, "cookie", { get: refuse, set: refuse, configurable: true });
  try {
    const { other, store } = setUp();
    store.set("a", "b");
    expect([store.get("a"), other.get("a")]).toEqual(["b", "b"]);
    store.set("a", null);
    expect(store.get("a")).toBeNull();
  } finally {
    Reflect.deleteProperty(document, "cookie");
  }
});
