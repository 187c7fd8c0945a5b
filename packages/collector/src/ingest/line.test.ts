import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Line } from "./line.js";

const lineOf = (properties: object): string => new Line().add("properties", properties).end();

describe("a line", () => {
  it("says what went in, whatever JSON that is", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (properties) => {
        expect(JSON.parse(lineOf(properties))).toEqual({
          properties: JSON.parse(JSON.stringify(properties).toWellFormed()),
        });
      }),
    );
  });

  it("leaves out what is undefined", () => {
    expect(new Line().add("a", undefined).add("b", 1).add("c", undefined).end()).toBe('{"b":1}');
  });

  it("writes whole numbers past 64 bits as decimals, and nothing else", () => {
    expect(
      lineOf({
        up: 2 ** 64,
        down: -1e19,
        list: [1e20, 2 ** 63, -(2 ** 63), 0.000001234567890123456],
      }),
    ).toBe(
      '{"properties":{"up":18446744073709552000.0,"down":-10000000000000000000.0,"list":[100000000000000000000.0,9223372036854776000,-9223372036854776000.0,0.000001234567890123456]}}',
    );
    expect(lineOf({ text: ":99999999999999999999", quote: '\\",99999999999999999999' })).toBe(
      '{"properties":{"text":":99999999999999999999","quote":"\\\\\\",99999999999999999999"}}',
    );
    expect(lineOf({ half: "\ud83d", up: 2 ** 64 })).toBe(
      '{"properties":{"half":"\ufffd","up":18446744073709552000.0}}',
    );
  });
});
