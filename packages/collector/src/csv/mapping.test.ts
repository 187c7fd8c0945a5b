import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { ImportError } from "./failure.js";
import { checkMapping, mappingOfHeader, readMapping } from "./mapping.js";

const folder = mkdtempSync(join(tmpdir(), "balise-mapping-"));
afterAll(() => rmSync(folder, { recursive: true }));

const needed = { name: "event", occurredAt: "time", userId: "user" };

test("pairs on the command line name fields and columns", () => {
  const mapping = readMapping("name=event, userId=user id,occurredAt=time,properties.plan=a=b");
  expect([...mapping]).toEqual([
    ["name", "event"],
    ["userId", "user id"],
    ["occurredAt", "time"],
    ["properties.plan", "a=b"],
  ]);
});

test("a JSON file may have constants, types and translations", () => {
  const path = join(folder, "mapping.json");
  const mapping = {
    ...needed,
    channel: { value: "phone" },
    "contact.resolved": { column: "state", values: { closed: true, open: false } },
    "properties.age": { column: "age", type: "number" },
  };
  writeFileSync(path, JSON.stringify(mapping));
  expect(Object.fromEntries(readMapping(path))).toEqual(mapping);
});

test("columns named as fields stand for themselves", () => {
  const mapping = mappingOfHeader(["name", "comment", "occurredAt", "userId", "page.url"]);
  expect([...mapping.keys()]).toEqual(["name", "occurredAt", "userId", "page.url"]);
});

test("other columns need a mapping, and the message lists them", () => {
  expect(() => mappingOfHeader(["event", "user"])).toThrow(
    'the columns "event", "user" are not named as the fields of events: give --map',
  );
});

test.for<[object, string]>([
  [{ ...needed, nom: "event" }, "nom is not a field of events: id, occurredAt,"],
  [{ ...needed, "properties.": "x" }, "properties. is not a field"],
  [{ ...needed, "properties.__proto__.x": "x" }, "properties.__proto__.x is not a field"],
  [{ name: "event", userId: "user" }, "no occurredAt: name the column that holds it"],
  [{ occurredAt: "time", userId: "user" }, "no name: name the column that holds it"],
  [{ name: "event", occurredAt: "time" }, "no person: name a column for userId or anonymousId"],
  [{ ...needed, value: { column: "x", type: "number" } }, "value has a type of its own"],
  [{ ...needed, value: 12 }, "value: must be a column's name"],
  [{ ...needed, value: { colum: "x" } }, "value: must be a column's name"],
  [
    { ...needed, "properties.a": "x", "properties.a.b": "y" },
    "both properties.a and properties.a.b",
  ],
  [{ ...needed, "page.name": { column: "x", decimal: "," } }, 'is a string: it has no "decimal"'],
  [{ ...needed, value: { column: "x", format: "dd" } }, 'is a number: it has no "format"'],
  [{ ...needed, name: { column: "x", timezone: "UTC" } }, 'is a string: it has no "timezone"'],
  [
    { ...needed, occurredAt: { column: "x", timezone: "Mars/Base" } },
    "occurredAt.timezone: is no time zone such as Europe/Paris",
  ],
  [["name"], "the mapping's JSON"],
])("%j is refused: %s", ([mapping, message]) => {
  expect(() => checkMapping(mapping)).toThrow(ImportError);
  expect(() => checkMapping(mapping)).toThrow(message);
});

test.for([
  ["name=event,userId", '"userId" is not field=column'],
  ["name=a,name=b", "--map names name twice"],
  ["nowhere.json", "--map nowhere.json: there is no such file"],
])("--map %s is refused", ([option, message]) => {
  expect(() => readMapping(option ?? "")).toThrow(message);
});

test("a file that is no JSON is named", () => {
  const path = join(folder, "broken.json");
  writeFileSync(path, "{");
  expect(() => readMapping(path)).toThrow(`--map ${path} is not JSON`);
});
