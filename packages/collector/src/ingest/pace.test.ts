import { expect, it } from "vitest";
import { Pace } from "./pace.js";

it("lets events wait longer each time that there are too many parts, up to seconds, and shorter with each insert", () => {
  const pace = new Pace(500);
  expect([pace.interval, pace.gap]).toEqual([500, 0]);
  pace.faster();
  expect(pace.interval).toBe(500);
  const grown = Array.from({ length: 6 }, () => {
    pace.slower();
    return pace.interval;
  });
  expect(grown).toEqual([1000, 2000, 4000, 8000, 8000, 8000]);
  expect(pace.gap).toBe(8000);
  pace.faster();
  expect(pace.interval).toBe(7200);
  for (let inserts = 0; inserts < 40; inserts++) pace.faster();
  expect([pace.interval, pace.gap]).toEqual([500, 0]);
});
