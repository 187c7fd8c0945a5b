// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { hashUserIds, sha256 } from "./hash.js";

function setUp() {
  const calls: unknown[][] = [];
  const note = (...call: unknown[]) => void calls.push(call);
  return {
    calls,
    tag: {
      identify: (id: string | number, traits?: object) => note("identify", id, traits),
      reset: () => note("reset"),
      forget: () => note("forget"),
    },
  };
}

const rest = () => new Promise((resolve) => setImmediate(resolve));

test("the tag is told the hash, and never the identifier", async () => {
  const { tag, calls } = setUp();
  hashUserIds(tag, (id) => `hash of ${id}`).identify(42, { plan: "family" });
  expect(calls).toEqual([]);
  await rest();
  expect(calls).toEqual([["identify", "hash of 42", { plan: "family" }]]);
});

test("who logs out, or is forgotten, before the hash is there is not identified", async () => {
  for (const end of ["reset", "forget"] as const) {
    const { tag, calls } = setUp();
    const hashed = hashUserIds(tag, async (id) => id);
    hashed.identify("u1");
    hashed[end]();
    await rest();
    expect(calls).toEqual([[end]]);
  }
});

test("of two logins in a row the last one holds, however long its hash takes", async () => {
  const { tag, calls } = setUp();
  const waits: (() => void)[] = [];
  const hashed = hashUserIds(tag, (id) => new Promise((done) => waits.push(() => done(id))));
  hashed.identify("u1");
  hashed.identify("u2");
  waits[1]?.();
  waits[0]?.();
  await rest();
  expect(calls).toEqual([["identify", "u2", undefined]]);
});

test("a hash that fails is told in the console, and nobody is identified", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const { tag, calls } = setUp();
  hashUserIds(tag, () => Promise.reject(new Error("insecure"))).identify("u1");
  await rest();
  expect([calls, warn.mock.lastCall]).toEqual([[], ["[balise]", "identify(): Error: insecure"]]);
  warn.mockRestore();
});

test("sha256 is that of salt and identifier", async () => {
  // printf 'salt:u1' | sha256sum
  expect(await sha256("salt")("u1")).toBe(
    "89c939ed18e0ff148c0d8d91453a5340b2bc42be25f04e7f15f13f3cd3d078bf",
  );
});
