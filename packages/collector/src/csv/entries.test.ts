import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { type Entry, readEntries, type ReadOptions } from "./entries.js";
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

test("a line number is where the row ends in the file", async () => {
  const entries = await entriesOf(
    `${HEADER}\n"signup","2026-01-02","u","two\nlines"\nsignup,soon,u,x\n`,
    {
      map: MAP,
    },
  );
  expect(entries).toMatchObject([{ line: 4 }, { line: 5, code: "invalid_field" }]);
});

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

test("an overlong row ends in an error instead of filling the memory", async () => {
  await expect(notesOf(`${HEADER}${row(`"${"x".repeat(300_000)}`)}`)).rejects.toThrow(
    "look for a quote that is not closed",
  );
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

test("NDJSON with a mapping is a mistake", async () => {
  await expect(entriesOf("{}\n", { map: MAP })).rejects.toThrow("leave out --map");
});

test("a truncated gzip file is named, as are empty and UTF-16 ones", async () => {
  const packed = gzipSync(
    HEADER + Array.from({ length: 30_000 }, (_, at) => row(`n${at * 7919}`)).join(""),
  );
  await expect(notesOf(packed.subarray(0, packed.length - 9))).rejects.toThrow("is it whole?");
  await expect(entriesOf("\n \n")).rejects.toThrow("is empty");
  await expect(entriesOf(Buffer.from("\ufeffa,b", "utf16le"))).rejects.toThrow("is UTF-16");
});
