// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { parse, webStore } from "./storage.js";

function refuse(name: string): never {
  throw new DOMException("no", name);
}

test("a value stays until it is removed, for every page of the origin", () => {
  const store = webStore(() => localStorage);
  store.set("kept", "1");
  expect([webStore(() => localStorage).get("kept"), store.keys()]).toEqual(["1", ["kept"]]);
  store.set("kept", null);
  expect([localStorage.getItem("kept"), store.get("kept")]).toEqual([null, null]);
});

test("where storage is denied, the page remembers", () => {
  const store = webStore(() => refuse("SecurityError"));
  store.set("a", "b");
  expect([store.get("a"), store.keys()]).toEqual(["b", ["a"]]);
  store.set("a", null);
  expect([store.get("a"), store.keys()]).toEqual([null, []]);
});

test("what a full storage does not take, the page remembers, over an older value too", () => {
  localStorage.setItem("a", "old");
  const full = { ...Object.create(localStorage), setItem: () => refuse("QuotaExceededError") };
  const store = webStore(() => Object.assign(full, { getItem: () => "old" }));
  store.set("a", "new");
  expect(store.get("a")).toBe("new");
});

test("what is no JSON object has no fields", () => {
  for (const text of [null, "", "{", "null", "1", '"a"']) expect(parse(text)["id"]).toBeUndefined();
  expect(parse('{"id":1}')).toEqual({ id: 1 });
});
