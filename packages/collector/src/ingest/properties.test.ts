import type { Json } from "@balise/schema";
import fc from "fast-check";
import { expect, it } from "vitest";
import { storableProperties } from "./properties.js";

it("writes arrays that hold objects as text, and leaves everything else as it is", () => {
  const plain = { a: 1, b: [1, "x", null], c: { d: { e: [true] } } };
  expect(storableProperties(plain)).toBe(plain);
  expect(storableProperties({ items: [{ sku: "a" }], deep: { list: [[1]] }, b: [1] })).toEqual({
    items: '[{"sku":"a"}]',
    deep: { list: "[[1]]" },
    b: [1],
  });
});

it("loses nothing: the text is the array", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), (values) => {
      const list = values as Json[];
      const text = storableProperties({ list: [{}, ...list] })?.["list"];
      expect(text).toBe(JSON.stringify([{}, ...list]));
    }),
  );
});
