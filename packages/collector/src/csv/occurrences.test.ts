import fc from "fast-check";
import { expect, test } from "vitest";
import { Occurrences } from "./occurrences.js";

test("counts as a Map does, over any sequence", () => {
  const key = fc.oneof(
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    // These share a place in the table.
    fc.integer({ min: 1, max: 50 }).map((factor) => factor * 1024),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 500 }), (keys) => {
      const occurrences = new Occurrences();
      const model = new Map<number, number>();
      for (const next of keys) {
        const before = model.get(next) ?? 0;
        expect(occurrences.add(next)).toBe(before);
        model.set(next, before + 1);
      }
    }),
  );
});

test("keeps its counts as it grows", () => {
  const occurrences = new Occurrences();
  const keys = Array.from({ length: 20_000 }, (_, at) => (at + 1) * 7919);
  for (const round of [0, 1, 2]) {
    expect(new Set(keys.map((key) => occurrences.add(key)))).toEqual(new Set([round]));
  }
});
