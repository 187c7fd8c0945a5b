import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type Entry, readEntries, type ReadOptions } from "./entries.js";
import { ImportError } from "./failure.js";
import { openSource } from "./source.js";

const folder = mkdtempSync(join(tmpdir(), "balise-entries-"));
afterAll(() => rmSync(folder, { recursive: true }));

const MAP = "name=event,occurredAt=time,userId=user,properties.note=note";

async function entriesOf(content: string | Buffer, options: ReadOptions = {}): Promise<Entry[]> {
  const path = join(folder, "file");
  writeFileSync(path, content);
  const entries: Entry[] = [];
  for await (const entry of readEntries(await openSource(path), options)) entries.push(entry);
  return entries;
}

async function notesOf(content: string | Buffer, options: ReadOptions = { map: MAP }) {
  return (await entriesOf(content, options)).map((entry) =>
    "json" in entry
      ? (JSON.parse(entry.json.toString()) as { properties?: { note?: string } }).properties?.note
      : entry,
  );
}

const HEADER = "event,time,user,note\n";
const row = (note: string): string => `signup,2026-01-02,u1,${note}\n`;

test("any texts go through CSV unharmed, with any delimiter and line end, gzip or not", async () => {
  const text = fc
    .string({ unit: "grapheme", maxLength: 30 })
    .filter((cell) => !cell.includes("\ufffd"));
  const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 20 }),
      fc.constantFrom(",", ";", "\t", "|"),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      fc.boolean(),
      async (rows, delimiter, end, gzip, bom) => {
        const lines = [["event", "time", "user", "note", "more"]];
        for (const [note, more] of rows)
          lines.push(["e", "2026-01-02", "u", quoted(note), quoted(more)]);
        const csv =
          (bom ? "\ufeff" : "") + lines.map((cells) => cells.join(delimiter) + end).join("");
        const notes = await notesOf(gzip ? gzipSync(csv) : csv);
        expect(notes).toEqual(rows.map(([note]) => (note.trim() === "" ? undefined : note)));
      },
    ),
    { numRuns: 60 },
  );
});

test("a row with too few or too many cells is refused with its line, the others go on", async () => {
  const entries = await notesOf(`${HEADER}${row("a")}x,y\n${row("b,c")}${row("d")}`);
  const refused = entries.filter((entry) => typeof entry === "object");
  expect(refused).toMatchObject([
    { line: 3, code: "invalid_event" },
    { line: 4, code: "invalid_event" },
  ]);
  expect(entries.filter((entry) => typeof entry === "string")).toEqual(["a", "d"]);
});

test.for(["\n", "\r\n"])(
  "a line number is where the row ends in the file, lines end with %j",
  async (end) => {
    const lines = [
      HEADER.trim(),
      "",
      '"signup","2026-01-02","u","two',
      'lines"',
      "signup,soon,u,x",
    ];
    const entries = await entriesOf(lines.join(end), { map: MAP });
    expect(entries).toMatchObject([{ line: 4 }, { line: 5, code: "invalid_field" }]);
  },
);

test("a quote within a cell stays a character", async () => {
  expect(await notesOf(`${HEADER}${row('a 5" screen')}${row('"x"y')}${row("z")}`)).toEqual([
    'a 5" screen',
    '"x"y',
    "z",
  ]);
});

test("a quote that is never closed is named", async () => {
  await expect(notesOf(`${HEADER}${row('"open')}${row("b")}`)).rejects.toThrow(
    "look for a quote that is not closed",
  );
});

test("a row longer than any event is refused and not kept, the others go on", async () => {
  const rows = [row("a"), row(`"${"x".repeat(600_000)}"`), row("b")].join("");
  expect(await entriesOf(HEADER + rows, { map: MAP })).toMatchObject([
    { line: 2 },
    { line: 3, code: "event_too_large", original: undefined },
    { line: 4 },
  ]);
});

test("a row without an end ends the reading instead of filling the memory", async () => {
  const packed = gzipSync(`${HEADER}${row(`"${"x".repeat(20_000_000)}`)}`);
  await expect(notesOf(packed)).rejects.toThrow("look for a quote that is not closed");
});

test("a given delimiter wins over the one that the header suggests", async () => {
  const csv = "event;time;user;note,a,b,c,d\ne;2026-01-02;u;x\n";
  const map = join(folder, "mapping.json");
  const mapping = { name: "event", occurredAt: "time", userId: "user" };
  writeFileSync(map, JSON.stringify({ ...mapping, "properties.note": "note,a,b,c,d" }));
  await expect(notesOf(csv, { map })).rejects.toThrow(
    'which the file does not have; it has "event;',
  );
  expect(await notesOf(csv, { map, delimiter: ";" })).toEqual(["x"]);
  const tabs = csv.replaceAll(";", "\t");
  expect(await notesOf(tabs, { map, delimiter: "tab" })).toEqual(["x"]);
  await expect(notesOf(csv, { map, delimiter: "::" })).rejects.toThrow("must be one character");
});

test("bytes that are no UTF-8 refuse their row alone", async () => {
  const latin = Buffer.concat([
    Buffer.from(HEADER),
    Buffer.from(row("café"), "latin1"),
    Buffer.from(row("thé")),
  ]);
  expect(await notesOf(latin)).toEqual([
    expect.objectContaining({ line: 2, code: "invalid_utf8" }),
    "thé",
  ]);
});

test("a row whose event is too large is refused", async () => {
  expect(await entriesOf(`${HEADER}${row("x".repeat(70_000))}`, { map: MAP })).toMatchObject([
    { line: 2, code: "event_too_large" },
  ]);
});

test("NDJSON passes byte by byte, without blank lines, whatever its packing", async () => {
  const lines = ['{"id":1}', "{bad json", ' {"é": "\u2028"}\r'];
  const text = `\ufeff${lines[0]}\n\n  \n${lines[1]}\n${lines[2]}`;
  for (const content of [text, gzipSync(text)]) {
    const entries = await entriesOf(content);
    expect(entries.map((entry) => ("json" in entry ? entry.json.toString() : entry))).toEqual(
      lines,
    );
    expect(entries.map(({ line }) => line)).toEqual([1, 4, 5]);
  }
});

test("a line longer than any event is refused and not held", async () => {
  const text = `{"a":"${"x".repeat(600_000)}"}\n{"id":2}\n`;
  expect(await entriesOf(text)).toMatchObject([
    { line: 1, code: "event_too_large", message: expect.stringContaining("600008 bytes") },
    { line: 2 },
  ]);
});

test("NDJSON of other keys is mapped as CSV is, keys within objects too", async () => {
  const map = "name=what,occurredAt=at,userId=customer.id,properties.note=a.b";
  const lines = [
    { what: "x", at: 1_767_312_000, customer: { id: 42 }, "a.b": "own", other: [1] },
    { what: "x", at: "2026-01-02", customer: { id: 2 ** 60 } },
    { what: "x", at: "2026-01-02", customer: { id: { no: 1 } } },
    { what: null, at: "2026-01-02", customer: "none" },
    [1],
  ].map((line) => JSON.stringify(line));
  const latin = Buffer.from('{"what":"caf\u00e9"}\n', "latin1");
  const content = Buffer.concat([Buffer.from([...lines, "{bad", ""].join("\n")), latin]);
  const [first, ...refused] = await entriesOf(content, { map });
  expect(first).toMatchObject({ line: 1, original: Buffer.from(lines[0] ?? "") });
  expect(JSON.parse(String(first !== undefined && "json" in first && first.json))).toMatchObject({
    occurredAt: 1_767_312_000_000,
    userId: "42",
    properties: { note: "own" },
  });
  expect(refused.map((entry) => "code" in entry && [entry.code, entry.message])).toEqual([
    ["invalid_field", expect.stringContaining("customer.id: 1152921504606847000 has more digits")],
    ["invalid_field", expect.stringContaining("is no text, number or boolean")],
    ["missing_field", "name: the cell is empty"],
    ["invalid_event", expect.stringContaining("the line must be an object")],
    ["malformed_json", "the line is not JSON"],
    ["invalid_utf8", expect.stringContaining("not UTF-8")],
  ]);
});

test("NDJSON of another kind than events needs a mapping", async () => {
  await expect(entriesOf("{}\n", { as: "orders" })).rejects.toThrow("say by --map which of its");
  await expect(entriesOf("{}\n", { as: "visits" })).rejects.toThrow(
    '--as "visits" is not one of events, contacts, messages, orders, customers, costs, annotations',
  );
});

test("whatever bytes a CSV file has, each row is an event, a refusal, or all of it is refused", async () => {
  const cell = fc.oneof(
    fc.constantFrom(
      '"',
      '""',
      '"a',
      "=1+1",
      "@SUM(A1)",
      "\ufeff",
      "\u0000",
      "\r",
      "\t",
      ";",
      "-",
      "+1",
    ),
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom("2026-01-02", "signup", "u1"),
  );
  const rows = fc.array(fc.array(cell, { maxLength: 6 }), { maxLength: 8 });
  const ends = fc.constantFrom("\n", "\r\n", "\r");
  let whole = 0;
  await fc.assert(
    fc.asyncProperty(rows, ends, fc.constantFrom("", "\ufeff"), async (cells, end, bom) => {
      const csv = bom + [HEADER.trim(), ...cells.map((row) => row.join(","))].join(end);
      let entries: Entry[];
      try {
        entries = await entriesOf(csv, { map: MAP });
      } catch (error) {
        expect(error).toBeInstanceOf(ImportError);
        return;
      }
      whole += 1;
      const lines = csv.split(/[\r\n]/).length;
      for (const entry of entries) {
        expect(entry.line).toBeGreaterThan(1);
        expect(entry.line).toBeLessThanOrEqual(lines);
        if ("json" in entry) expect(JSON.parse(entry.json.toString())).toHaveProperty("id");
        else expect(entry.message).toMatch(/./);
      }
      expect(await entriesOf(csv, { map: MAP })).toEqual(entries);
    }),
    { numRuns: 300 },
  );
  expect(whole).toBeGreaterThan(50);
});

test("a truncated gzip file is named, as are empty and UTF-16 ones", async () => {
  const packed = gzipSync(
    HEADER + Array.from({ length: 30_000 }, (_, at) => row(`n${at * 7919}`)).join(""),
  );
  await expect(notesOf(packed.subarray(0, packed.length - 9))).rejects.toThrow("is it whole?");
  await expect(entriesOf("\n \n")).rejects.toThrow("is empty");
  await expect(entriesOf(Buffer.from("\ufeffa,b", "utf16le"))).rejects.toThrow("is UTF-16");
});
