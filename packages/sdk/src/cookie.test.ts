// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { cookieStore } from "./cookie.js";
import { webStore } from "./storage.js";

test("a cookie keeps a value until it is removed", () => {
  const store = cookieStore(document);
  const value = '{"anonymousId":"x; y=é"}';
  expect(store.set("balise.person", value)).toBe(true);
  expect(cookieStore(document).get("balise.person")).toBe(value);
  expect(store.keys()).toContain("balise.person");
  store.remove("balise.person");
  expect(store.get("balise.person")).toBeNull();
});

test("where cookies throw, nothing is kept and nothing thrown", () => {
  const sandbox = Object.defineProperty({}, "cookie", {
    get() {
      throw new DOMException("sandboxed", "SecurityError");
    },
  });
  const store = cookieStore(sandbox as Document);
  expect(store.set("a", "b")).toBe(false);
  expect(store.get("a")).toBeNull();
  expect(store.keys()).toEqual([]);
});

test("a storage that is denied is none, and a full one says so", () => {
  expect(
    webStore(() => {
      throw new DOMException("denied", "SecurityError");
    }),
  ).toBeUndefined();
  localStorage.setItem("kept", "1");
  const store = webStore(() => localStorage);
  expect(store?.get("kept")).toBe("1");
  expect(store?.keys()).toContain("kept");
  const full = webStore(
    () =>
      ({
        setItem() {
          throw new DOMException("full", "QuotaExceededError");
        },
      }) as unknown as Storage,
  );
  expect(full?.set("a", "b")).toBe(false);
});
