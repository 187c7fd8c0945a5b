import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCsv } from "./csv.js";
import { funnelCsv } from "./funnel-csv.js";

describe("a CSV file", () => {
  it("quotes what needs quotes, and begins with a byte order mark for Excel", () => {
    expect(
      toCsv(
        ["a", "b"],
        [
          ['say "hi", you', 1.5],
          ["two\nlines", null],
        ],
      ),
    ).toBe('\uFEFFa,b\r\n"say ""hi"", you",1.5\r\n"two\nlines",\r\n');
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =HYPERLINK(1)", "\n=1"])(
    "does not let a spreadsheet run %j as a formula",
    (text) => {
      expect(
        toCsv(["name"], [[text]])
          .split("name\r\n")[1]
          ?.replace(/^"/, "")[0],
      ).toBe("'");
    },
  );

  it("leaves negative numbers as numbers", () => {
    expect(toCsv(["n"], [[-4]])).toBe("\uFEFFn\r\n-4\r\n");
  });

  it("never begins a text cell with a character that starts a formula", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const cell = toCsv(["h"], [[text]])
          .slice("\uFEFFh\r\n".length)
          .replace(/^"/, "");
        expect(cell).not.toMatch(/^[=+\-@\t]/);
      }),
    );
  });
});

describe("the CSV of a funnel", () => {
  const row = {
    step: 1,
    name: "=cmd",
    people: 12,
    shareOfFirst: 1,
    shareOfPrevious: 1,
    low: 0.757,
    high: 1,
    medianSeconds: null,
    p90Seconds: null,
    medianTotalSeconds: null,
    p90TotalSeconds: null,
  };

  it("gives unrounded numbers under the names of the API", () => {
    expect(funnelCsv([row])).toBe(
      "\uFEFFstep,name,people,shareOfFirst,low,high,shareOfPrevious,medianSeconds,p90Seconds,medianTotalSeconds,p90TotalSeconds\r\n" +
        "1,'=cmd,12,1,0.757,1,1,,,,\r\n",
    );
  });

  it("begins with the group when there is a breakdown", () => {
    expect(funnelCsv([{ ...row, group: "mobile" }]).split("\r\n")[1]).toMatch(/^mobile,1,/);
  });
});
