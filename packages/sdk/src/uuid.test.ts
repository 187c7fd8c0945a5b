import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createUuid, isUuid, timeOf } from "./uuid.js";

const VERSION_7 = /^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

test("an id is a UUID of version 7 that tells its time", () => {
  const id = createUuid(() => 1_700_000_000_123)();
  expect(id).toMatch(VERSION_7);
  expect(isUuid(id)).toBe(true);
  expect(timeOf(id)).toBe(1_700_000_000_123);
});

test("ids only ever grow, whatever the clock does", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -100_000, max: 100_000 }), { minLength: 2, maxLength: 300 }),
      (steps) => {
        let time = 1_700_000_000_000;
        const uuid = createUuid(() => time);
        let before = uuid();
        for (const step of steps) {
          time += step;
          const id = uuid();
          expect(id).toMatch(VERSION_7);
          expect(id > before).toBe(true);
          before = id;
        }
      },
    ),
  );
});

test("ten thousand ids of one millisecond are all different and in order", () => {
  const uuid = createUuid(() => 1_700_000_000_000);
  const ids = Array.from({ length: 10_000 }, uuid);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id, at) => id > (ids[at - 1] ?? ""))).toBe(true);
});

test("two pages of the same millisecond make different ids", () => {
  const one = createUuid(() => 1_700_000_000_000);
  const two = createUuid(() => 1_700_000_000_000);
  const ids = new Set([...Array.from({ length: 500 }, one), ...Array.from({ length: 500 }, two)]);
  expect(ids.size).toBe(1000);
});
