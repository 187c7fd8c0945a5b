import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editorOf, parseOwn, writeOwn } from "./own.js";

const texts = { type: "array", items: { type: "string" } };

describe("a parameter of a question", () => {
  it.each([
    [{ type: "string", enum: ["day", "week"] }, "choice"],
    [{ type: "integer" }, "number"],
    [{ type: "boolean" }, "flag"],
    [{ type: "string" }, "text"],
    [texts, "texts"],
    [{ type: "array", items: {} }, "json"],
    [{}, "json"],
  ])("of schema %j is edited as %s", (schema, editor) => {
    expect(editorOf(schema)).toBe(editor);
  });

  it.each([
    [{ type: "integer", minimum: 1, maximum: 9 }, "3", 3],
    [{ type: "number" }, "0,5", 0.5],
    [{ type: "string", enum: ["day", "week"] }, "week", "week"],
    [{ type: "boolean" }, "true", true],
    [texts, "order, sale ,", ["order", "sale"]],
    [{}, '[{"event":"a"}]', [{ event: "a" }]],
  ])("of schema %j reads %j", (schema, text, value) => {
    expect(parseOwn(schema, text)).toEqual({ ok: true, value });
  });

  it.each([
    [{ type: "integer", minimum: 1, maximum: 9 }, "10"],
    [{ type: "integer" }, "1.5"],
    [{ type: "number" }, ""],
    [{ type: "string", enum: ["day"] }, "year"],
    [{ type: "string", maxLength: 3 }, "abcd"],
    [{}, "{"],
  ])("of schema %j refuses %j", (schema, text) => {
    expect(parseOwn(schema, text)).toEqual({ ok: false });
  });

  it("reads again every list of texts that it writes", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (value) => {
        expect(parseOwn(texts, writeOwn(texts, value))).toEqual({ ok: true, value });
      }),
    );
  });

  it("reads again every number and JSON value that it writes", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseOwn({ type: "number" }, writeOwn({ type: "number" }, value))).toEqual({
          ok: true,
          // The text of −0 is "0".
          value: value + 0,
        });
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (value) => {
        expect(parseOwn({}, writeOwn({}, value))).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify(value)),
        });
      }),
    );
  });
});
