import fc from "fast-check";
import { expect, test } from "vitest";
import { dayOf, timeOf } from "./time.js";

const MOMENT = Date.UTC(2024, 2, 13, 10, 21, 14);

test.for([
  ["2024-03-13 10:21:14", MOMENT],
  ["2024-03-13T10:21:14", MOMENT],
  ["2024-03-13T10:21:14Z", MOMENT],
  ["2024-03-13 10:21:14 UTC", MOMENT],
  ["2024-03-13T10:21:14.5Z", MOMENT + 500],
  ["2024-03-13T10:21:14,123456789Z", MOMENT + 123],
  ["2024-03-13T12:21:14+02:00", MOMENT],
  ["2024-03-13T05:51:14-0430", MOMENT],
  ["2024-03-13T12:21:14+02", MOMENT],
  ["2024-03-13 10:21", MOMENT - 14_000],
  ["2024-03-13", Date.UTC(2024, 2, 13)],
  ["2024-02-29", Date.UTC(2024, 1, 29)],
  ["1710325274", MOMENT],
  ["1710325274.25", MOMENT + 250],
  ["1710325274000", MOMENT],
  [" 1710325274000 ", MOMENT],
] as const)("%s is read as %d", ([cell, time]) => {
  expect(timeOf(cell)).toBe(time);
});

test.for([
  "13/03/2024",
  "2024-02-30",
  "2023-02-29",
  "2024-13-01",
  "2024-00-10",
  "2024-03-13 24:00:00",
  "2024-03-13 10:60:00",
  "2024-03-13T10:21:14+15:00",
  "yesterday",
  "-5",
  "1e12",
  "NaN",
])("%s is refused with what to write instead", (cell) => {
  expect(() => timeOf(cell)).toThrow(`${JSON.stringify(cell)} is not a time: write 2026-03-13T`);
});

test.for(["1999-12-31", "0", "86400", "9999999999999999"])("%s is out of range", (cell) => {
  expect(() => timeOf(cell)).toThrow(expect.objectContaining({ code: "time_out_of_range" }));
});

test("what toISOString writes is read back to the millisecond", () => {
  const moment = fc.date({
    min: new Date("2000-01-01"),
    max: new Date("2100-01-01"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(moment, (date) => {
      expect(timeOf(date.toISOString())).toBe(date.getTime());
      expect(timeOf(date.toISOString().replace("T", " ").replace("Z", ""))).toBe(date.getTime());
    }),
  );
});

test.for([
  ["13/03/2026 10:21", "dd/MM/yyyy HH:mm", undefined, "2026-03-13T10:21:00.000Z"],
  ["13/03/2026 10:21", "dd/MM/yyyy HH:mm", "Europe/Paris", "2026-03-13T09:21:00.000Z"],
  ["2026-07-13 10:21:14", undefined, "Europe/Paris", "2026-07-13T08:21:14.000Z"],
  ["2026-07-13T10:21:14Z", undefined, "Europe/Paris", "2026-07-13T10:21:14.000Z"],
] as const)("%s written as %s in %s is %s", ([cell, format, timezone, iso]) => {
  expect(new Date(timeOf(cell, "openedAt", { format, timezone })).toISOString()).toBe(iso);
});

test("what is not as the format says is refused with it", () => {
  const writing = { format: "dd/MM/yyyy" };
  expect(() => timeOf("2026-03-13", "openedAt", writing)).toThrow("write dd/MM/yyyy");
  expect(() => timeOf("31/02/2026", "openedAt", writing)).toThrow("is not a time");
  expect(() => dayOf("31/02/2026", "day", writing)).toThrow("is not a day: write dd/MM/yyyy");
  expect(dayOf("28/02/2026", "day", writing)).toBe("2026-02-28");
});

test.for([
  ["2026-03-13", "2026-03-13"],
  ["20260313", "2026-03-13"],
  ["2026-03-13T23:30:00-05:00", "2026-03-13"],
] as const)("%s is the day %s", ([cell, day]) => {
  expect(dayOf(cell, "day")).toBe(day);
});

test.for(["2026-02-30", "13/03/2026", "", "2026-3-13"])("%j is no day", (cell) => {
  expect(() => dayOf(cell, "day")).toThrow("is not a day: write 2026-03-13");
});
