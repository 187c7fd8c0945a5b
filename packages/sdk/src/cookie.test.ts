// @vitest-environment happy-dom
// @vitest-environment-options {"url":"https://www.shop.test/"}
import { expect, test } from "vitest";
import { cookieStore } from "./cookie.js";
import { webStore } from "./storage.js";

test("a cookie keeps a value until it is removed, for all subdomains", () => {
  const store = cookieStore("shop.test");
  const value = "x; y=é";
  expect(store.set("balise.person", value)).toBe(true);
  expect(cookieStore("shop.test").get("balise.person")).toBe(value);
  expect(store.get("person")).toBeNull();
  store.remove("balise.person");
  expect(store.get("balise.person")).toBeNull();
});

test("a cookie lives for 13 months, and on https only there", () => {
  const written: string[] = [];
  const cookie = { get: () => "", set: (text: string) => void written.push(text) };
  Object.defineProperty(document, "cookie", { ...cookie, configurable: true });
  try {
    expect(cookieStore("shop.test").set("a", "b")).toBe(false);
    expect(written).toEqual(["a=b;Max-Age=34128000;Domain=shop.test;Path=/;SameSite=Lax;Secure"]);
  } finally {
    Reflect.deleteProperty(document, "cookie");
  }
});

test("where cookies throw, nothing is kept and nothing thrown", () => {
  const refuse = () => {
    throw new DOMException("sandboxed", "SecurityError");
  };
  Object.defineProperty(document, "cookie", { get: refuse, set: refuse, configurable: true });
  try {
    const store = cookieStore("shop.test");
    expect(store.set("a", "b")).toBe(false);
    expect(store.get("a")).toBeNull();
    store.remove("a");
  } finally {
    Reflect.deleteProperty(document, "cookie");
  }
});

test("a storage that is denied keeps nothing, and a full one says so", () => {
  const denied = webStore(() => {
    throw new DOMException("denied", "SecurityError");
  });
  expect([denied.set("a", "b"), denied.get("a"), denied.keys()]).toEqual([false, null, []]);
  localStorage.setItem("kept", "1");
  const store = webStore(() => localStorage);
  expect(store.get("kept")).toBe("1");
  expect(store.keys()).toContain("kept");
  const full = webStore(
    () =>
      ({
        setItem() {
          throw new DOMException("full", "QuotaExceededError");
        },
      }) as unknown as Storage,
  );
  expect(full.set("a", "b")).toBe(false);
});
