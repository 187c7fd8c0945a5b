import { propertiesSchema, traitsSchema } from "@balise/schema";
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { fitIdentifier, fitName, fitProperties, fitTraits } from "./fit.js";

const silent = (): void => undefined;

test("what is JSON and small goes through unchanged", () => {
  const properties = { plan: "gold", price: 12.5, tags: ["a", null], nested: { deep: [{ x: 1 }] } };
  expect(fitProperties(properties, silent)).toEqual(properties);
});

test("a property that is not JSON is dropped by name, its neighbours stay", () => {
  const warn = vi.fn<(message: string) => void>();
  const cycle: { self?: object } = {};
  cycle.self = cycle;
  expect(fitProperties({ a: 1, cycle, big: 1n, run: silent, none: undefined }, warn)).toEqual({
    a: 1,
  });
  expect(warn.mock.calls.map(([message]) => /"(\w+)"/.exec(message)?.[1])).toEqual([
    "cycle",
    "big",
    "run",
  ]);
});

test("a property that passes the 8 KB is dropped and the next one still fits", () => {
  const fitted = fitProperties({ a: "é".repeat(3000), b: "é".repeat(3000), c: 1 }, silent);
  expect(Object.keys(fitted ?? {})).toEqual(["a", "c"]);
});

test("the collector takes whatever properties are left", () => {
  const key = fc.oneof(fc.string(), fc.constant("k".repeat(200)), fc.constant(""));
  const value = fc.oneof(fc.anything(), fc.string({ minLength: 2000, maxLength: 9000 }));
  fc.assert(
    fc.property(fc.dictionary(key, value, { maxKeys: 80 }), (properties) => {
      const fitted = fitProperties(properties, silent);
      expect(propertiesSchema.safeParse(fitted ?? {}).success).toBe(true);
    }),
  );
});

test("the collector takes whatever traits are left", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.anything(), { maxKeys: 50 }), (traits) => {
      const fitted = fitTraits(traits, silent);
      expect(traitsSchema.safeParse(fitted ?? {}).success).toBe(true);
    }),
  );
  expect(fitTraits({ band: "35-44", pro: true, n: Number.NaN }, silent)).toEqual({
    band: "35-44",
    pro: true,
  });
});

test("names lose control characters and are cut, never inside a surrogate pair", () => {
  expect(fitName("cart\nadded")).toBe("cart added");
  expect(fitName(`${"a".repeat(127)}😀`)).toBe("a".repeat(127));
  for (const bad of ["", " \n", undefined, 7, null]) expect(fitName(bad)).toBeUndefined();
});

test("an identifier that is too long is refused, since a cut one could be somebody else", () => {
  expect(fitIdentifier("u".repeat(128))).toBe("u".repeat(128));
  expect(fitIdentifier(42)).toBe("42");
  for (const bad of ["u".repeat(129), "", null, undefined, {}]) {
    expect(fitIdentifier(bad)).toBeUndefined();
  }
});
