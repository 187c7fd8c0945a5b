// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { createKeyStore } from "./key-store.js";

const store = createKeyStore(
  () => sessionStorage,
  () => localStorage,
);

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
});

describe("the read key", () => {
  it("stays in the tab unless the reader asks to remember it", () => {
    store.keep("k1", false);
    expect(store.load()).toBe("k1");
    expect(localStorage).toHaveLength(0);
  });

  it("is remembered on the device, and in one place only", () => {
    store.keep("k1", false);
    store.keep("k2", true);
    expect(store.load()).toBe("k2");
    expect(sessionStorage).toHaveLength(0);
  });

  it("is nowhere after it is forgotten", () => {
    store.keep("k1", true);
    store.forget();
    expect(store.load()).toBeNull();
    expect(localStorage).toHaveLength(0);
  });

  it("does without storage that the browser refuses", () => {
    const refused = createKeyStore(
      () => {
        throw new DOMException("denied", "SecurityError");
      },
      () => localStorage,
    );
    expect(() => refused.keep("k", false)).not.toThrow();
    expect(refused.load()).toBeNull();
  });
});
