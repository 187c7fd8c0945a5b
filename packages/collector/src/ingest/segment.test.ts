import { crc32 } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodeRecords, RECORD_HEADER, type Row, sealRecord } from "./record.js";
import { linesOf, readSegment, segmentHeader } from "./segment.js";

const row = (table: Row["table"], n: number | string): Row => ({ table, line: `{"n":${n}}` });

describe("a segment", () => {
  it("is cut into the same inserts every time, by the cut its header names, never within a record", () => {
    const rows = Array.from({ length: 25 }, (_, n) => row(n % 5 === 0 ? "feedback" : "events", n));
    const records = [0, 5, 10, 15, 20].map((from) => encodeRecords(rows.slice(from, from + 5)));
    const bytes = Buffer.concat([segmentHeader(1, 9), ...records]);
    const first = readSegment("seg", bytes);
    expect(readSegment("seg", bytes)).toEqual(first);
    expect(first.chunks.map((chunk) => [chunk.token, chunk.rows])).toEqual([
      ["seg:feedback:0", 5],
      ["seg:events:1", 8],
      ["seg:events:5", 8],
      ["seg:events:9", 4],
    ]);
    for (const chunk of first.chunks) {
      expect(linesOf(chunk)).toHaveLength(chunk.rows);
      expect(Buffer.concat(chunk.parts)).toHaveLength(chunk.bytes);
    }
    expect(readSegment("other", bytes).chunks[0]?.token).toBe("other:feedback:0");
  });

  it("is cut by bytes too, and a record past them is an insert of its own", () => {
    const record = (length: number): Buffer =>
      encodeRecords([row("events", `"${"x".repeat(length)}"`)]);
    const bytes = Buffer.concat([segmentHeader(1, 100, 50), ...[10, 10, 10, 500, 10].map(record)]);
    expect(readSegment("seg", bytes).chunks.map(({ rows }) => rows)).toEqual([2, 1, 1, 1]);
  });

  it("of format 1 is read with the inserts and tokens that the version which wrote it would make", () => {
    const header = Buffer.from("BALSEG1\n........");
    header.writeUInt32LE(2, 8);
    header.writeUInt32LE(1000, 12);
    const record = (table: number, line: string): Buffer => {
      const payload = Buffer.from(`${line}\n`);
      const bytes = Buffer.concat([Buffer.alloc(8), Buffer.from([table]), payload]);
      bytes.writeUInt32LE(payload.length, 0);
      bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
      return bytes;
    };
    const [one, feedback, two, three] = [
      record(0, "one"),
      record(1, "answer"),
      record(0, "two"),
      record(0, "three"),
    ] as const;
    const whole = readSegment("seg", Buffer.concat([header, one, feedback, two, three]));
    expect(whole).toMatchObject({ records: 4, unreadBytes: 0, damaged: false });
    expect(whole.chunks.map((chunk) => [chunk.token, linesOf(chunk).map(String)])).toEqual([
      ["seg:events:0", ["one\n", "two\n"]],
      ["seg:feedback:1", ["answer\n"]],
      ["seg:events:3", ["three\n"]],
    ]);
    const torn = readSegment("seg", Buffer.concat([header, one, two.subarray(0, -1)]));
    expect(torn).toMatchObject({ records: 1, unreadBytes: two.length - 1, damaged: false });
  });

  it("with a harmed header keeps its records and is told to be harmed", () => {
    const bytes = Buffer.concat([segmentHeader(1), encodeRecords([row("events", 1)])]);
    for (const at of [0, 9, 13, 20, 27]) {
      const harmed = Buffer.from(bytes);
      harmed[at] = (harmed[at] ?? 0) ^ 1;
      expect(readSegment("seg", harmed)).toMatchObject({ records: 1, damaged: true });
    }
  });

  it("that is no segment holds nothing and says how much was passed over", () => {
    expect(readSegment("s", Buffer.from("hello"))).toEqual({
      chunks: [],
      records: 0,
      unreadBytes: 5,
      damaged: false,
    });
  });
});

describe("records", () => {
  it("hold the rows of one table each, in order, and split before a quarter of a mebibyte", () => {
    const long = "x".repeat(100_000);
    const rows = [1, 2, 3, 4, 5].flatMap((n) => [
      row("events", `"${n}${long}"`),
      row("identities", n),
    ]);
    const bytes = Buffer.concat([segmentHeader(1, 1), encodeRecords(rows)]);
    const { chunks, unreadBytes } = readSegment("seg", bytes);
    expect(unreadBytes).toBe(0);
    expect(chunks.map(({ table, rows: count }) => `${count} ${table}`)).toEqual([
      "2 events",
      "5 identities",
      "2 events",
      "1 events",
    ]);
    const linesIn = (table: string): string[] =>
      chunks
        .filter((chunk) => chunk.table === table)
        .flatMap(linesOf)
        .map(String);
    for (const table of ["events", "identities"]) {
      const sent = rows.filter((one) => one.table === table).map(({ line }) => `${line}\n`);
      expect(linesIn(table)).toEqual(sent);
    }
  });

  it("may be written in place and sealed", () => {
    const rows = [row("contacts", 1), row("contacts", '"é"')];
    const encoded = encodeRecords(rows);
    const at = 7;
    const own = Buffer.alloc(at + encoded.length, 0xee);
    own.write(rows.map(({ line }) => `${line}\n`).join(""), at + RECORD_HEADER);
    sealRecord(own, at, own.length, "contacts", rows.length);
    expect(own.subarray(at)).toEqual(encoded);
    expect(own.subarray(0, at)).toEqual(Buffer.alloc(at, 0xee));
  });
});
