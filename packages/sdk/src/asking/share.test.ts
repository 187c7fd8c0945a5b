import fc from "fast-check";
import { expect, test } from "vitest";
import { shareOf } from "./share.js";

test("a text has one share, from 0 up to 1", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const share = shareOf(text);
      expect(share).toBe(shareOf(text));
      expect(share >= 0 && share < 1).toBe(true);
    }),
  );
});

test("is the same in every version of the tag: whoever was chosen stays so", () => {
  expect(["", "a", "nps customer-42", "holdout é"].map(shareOf)).toMatchInlineSnapshot(`
    [
      0.6689221884589642,
      0.10352621669881046,
      0.7924668102059513,
      0.6753812485840172,
    ]
  `);
});

test("shares of ids that count up are spread evenly, also over two surveys", () => {
  const tenths = Array.from({ length: 10 }, () => 0);
  let both = 0;
  const people = 50_000;
  for (let person = 0; person < people; person++) {
    const share = shareOf(`nps ${person}`);
    const tenth = Math.floor(share * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    if (share < 0.1 && shareOf(`csat ${person}`) < 0.1) both++;
  }
  // Five standard errors.
  for (const count of tenths)
    expect(Math.abs(count - people / 10)).toBeLessThan(5 * Math.sqrt(people * 0.09));
  expect(Math.abs(both - people / 100)).toBeLessThan(5 * Math.sqrt(people * 0.0099));
});
