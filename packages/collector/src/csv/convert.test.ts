import { parseEvent } from "@balise/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createConverter } from "./convert.js";
import { checkMapping } from "./mapping.js";
import { EVENTS } from "./shapes/index.js";
import { textOf, type Tree } from "./shapes/shape.js";

const needed = { name: "event", occurredAt: "time", userId: "user" };
const header = ["event", "time", "user", "x", "y"];
const TIME = Date.UTC(2026, 0, 2, 3, 4, 5);

/** A row of events becomes one line. */
function one(lines: readonly Tree[]): Tree & { id: string } {
  const [line = {}, ...more] = lines;
  expect(more).toEqual([]);
  return { ...line, id: textOf(line, "id") ?? "" };
}

function converterFor(more: Record<string, unknown> = {}, columns = header) {
  const convert = createConverter(checkMapping({ ...needed, ...more }), columns, EVENTS);
  return (x = "", y = "", user = "u1") =>
    one(convert(["signup", "2026-01-02 03:04:05", user, x, y]));
}

test("a row becomes an event that the collector takes", () => {
  const event = converterFor({
    sessionId: "x",
    value: "y",
    currency: { value: "EUR" },
    "page.url": { value: "https://shop.example/" },
    "properties.address.city": "x",
    "traits.plan.name": "x",
  })("s 1", "12.50");
  expect(event).toMatchObject({
    name: "signup",
    occurredAt: TIME,
    userId: "u1",
    value: 12.5,
    currency: "EUR",
    page: { url: "https://shop.example/" },
    properties: { address: { city: "s 1" } },
    traits: { "plan.name": "s 1" },
  });
  expect(parseEvent(event)).toMatchObject({ ok: true, unknownFields: 0 });
});

test("an empty cell is a field left out", () => {
  const event = converterFor({ value: "x", "properties.plan": "y" })("", "  ");
  expect(Object.keys(event)).toEqual(["id", "name", "occurredAt", "userId"]);
});

test("values are translated, typed, and kept where they have no translation", () => {
  const convert = converterFor({
    outcome: { column: "x", values: { ok: "success", ko: "failure" } },
    "properties.age": { column: "y", type: "number" },
  });
  expect(convert("ko", "41")).toMatchObject({ outcome: "failure", properties: { age: 41 } });
  expect(convert("unknown", "")).toMatchObject({ outcome: "unknown" });
});

test.for([
  ["true", true],
  ["Oui", true],
  ["1", true],
  ["no", false],
  ["FAUX", false],
] as const)("%s is the boolean %s", ([cell, value]) => {
  expect(converterFor({ "contact.resolved": "x" })(cell)).toMatchObject({
    contact: { resolved: value },
  });
});

test.for([
  [{ "contact.resolved": "x" }, "perhaps", 'contact.resolved: "perhaps" is not a boolean'],
  [{ value: "x" }, "12,50", 'value: "12,50" is not a number: write 12.5'],
  [{ value: { column: "x", decimal: "," } }, "12.50", "so write 1 234,5"],
  [{ id: "x" }, "=A1&B1", 'id: "=A1&B1" is a formula'],
  [{ accountId: "x" }, '="0042"', "accountId: "],
  [{ accountId: "x" }, "#N/A", 'accountId: "#N/A" is a formula'],
  [{ accountId: "x" }, "#VALEUR!", "is a formula"],
  [{ sessionId: "x" }, "1.23457E+12", "was shortened by a spreadsheet"],
  [{ value: "x" }, "1e999", 'value: "1e999" is not a number'],
  [{ value: "x" }, "0x10", 'value: "0x10" is not a number'],
  [{}, "caf\ufffd", "column x holds bytes that are not UTF-8"],
] as const)("%j with %s is refused with its place and remedy", ([mapping, cell, message]) => {
  expect(() => converterFor(mapping)(cell)).toThrow(message);
});

test.for([
  ["1 234,5", 1234.5],
  ["1\u202f234\u202f567,25", 1234567.25],
  ["1.234,5", 1234.5],
  ["-0,5", -0.5],
  ["12", 12],
] as const)("%s with a decimal comma is %d", ([cell, value]) => {
  expect(converterFor({ value: { column: "x", decimal: "," } })(cell)).toMatchObject({ value });
});

test("a row without a name or time is refused", () => {
  const convert = createConverter(checkMapping(needed), header, EVENTS);
  expect(() => convert(["", "2026-01-02", "u", "", ""])).toThrow("name: the cell is empty");
  expect(() => convert(["a", " ", "u", "", ""])).toThrow("occurredAt: the cell is empty");
});

test("a column that the file does not have is named with those it has", () => {
  expect(() => converterFor({ value: "amount" })).toThrow(
    'value names the column "amount", which the file does not have; it has "event", "time", "user", "x", "y"',
  );
});

test("a column that comes twice cannot be meant", () => {
  expect(() => converterFor({ value: "x" }, ["event", "time", "user", "x", "x"])).toThrow(
    'the file has two columns "x"',
  );
});

test("UUIDs stay, other ids become the same UUID each time, by kind", () => {
  const uuid = "0193a5c0-0000-7000-8000-0123456789ab";
  const convert = converterFor({ sessionId: "x", anonymousId: "y" });
  expect(convert(uuid, uuid)).toMatchObject({ sessionId: uuid, anonymousId: uuid });
  const first = convert("42", "42");
  const again = converterFor({ sessionId: "x", anonymousId: "y" })("42", "42");
  expect(first["sessionId"]).toBe(again["sessionId"]);
  expect(first["sessionId"]).not.toBe(first["anonymousId"]);
  expect(parseEvent(first).ok).toBe(true);
});

test("an id column gives the id: itself, or the same one for the same value and time", () => {
  const uuid = "0193a5c0-0000-7000-8000-0123456789ab";
  const convert = converterFor({ id: "x" });
  expect(convert(uuid).id).toBe(uuid);
  expect(convert("crm-1").id).toBe(convert("crm-1", "other content").id);
  expect(convert("crm-1").id).not.toBe(convert("crm-2").id);
});

test("a made id holds the event's time", () => {
  const { id } = converterFor()();
  expect(parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toBe(TIME);
});

test("two events made of one row by different names differ", () => {
  const cells = ["signup", "2026-01-02", "u", "renewed", ""];
  const first = one(createConverter(checkMapping(needed), header, EVENTS)(cells));
  const second = one(
    createConverter(checkMapping({ ...needed, name: "x" }), header, EVENTS)(cells),
  );
  expect(first.id).not.toBe(second.id);
});

test("equal rows stay as many events, and the same rows give the same ids again", () => {
  const cell = fc.constantFrom("", "a", "b", '","', "é");
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 60 }), (rows) => {
      const ids = (): string[] => {
        const convert = converterFor();
        return rows.map(([x, y]) => convert(x, y).id);
      };
      expect(new Set(ids()).size).toBe(rows.length);
      expect(ids()).toEqual(ids());
    }),
  );
});

test("rows added at the end leave the ids of the others as they are", () => {
  const [first, second] = [converterFor(), converterFor()];
  const before = ["a", "b", "a"].map((x) => first(x).id);
  expect(["a", "b", "a", "a"].map((x) => second(x).id).slice(0, 3)).toEqual(before);
});
