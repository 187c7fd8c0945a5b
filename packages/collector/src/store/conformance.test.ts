/**
 * What Balise needs of a ClickHouse, checked against whichever CLICKHOUSE_URL names, and against the embedded one
 * otherwise: only through `@clickhouse/client` and plain HTTP.
 */
import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import {
  ClickHouseLogLevel,
  createClient,
  TupleParam,
  type ClickHouseClient,
  type DataFormat,
} from "@clickhouse/client";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBackend, type Backend } from "./testing/backend.js";

let backend: Backend;
let client: ClickHouseClient;
beforeAll(async () => {
  backend = await openBackend();
  ({ client } = backend);
  await client.command({
    query: `CREATE TABLE events (
      id UUID, name LowCardinality(String), occurred_at DateTime64(3, 'UTC'), value Nullable(Float64),
      tags Array(String), properties JSON
    ) ENGINE = MergeTree PARTITION BY toYYYYMM(occurred_at) ORDER BY (name, occurred_at)
    SETTINGS non_replicated_deduplication_window = 1000, fsync_after_insert = 1, fsync_part_directory = 1`,
  });
});
afterAll(() => backend.close());

const rows = async <T>(
  query: string,
  query_params: Record<string, unknown> = {},
  settings: Record<string, string> = {},
): Promise<T[]> => {
  const result = await client.query({
    query,
    query_params,
    format: "JSONEachRow",
    clickhouse_settings: settings,
  });
  return result.json<T>();
};
const one = async <T>(query: string, query_params: Record<string, unknown> = {}): Promise<T> => {
  const [row] = await rows<{ v: T }>(query, query_params);
  if (row === undefined) throw new Error(`no row: ${query}`);
  return row.v;
};
const count = (table: string) => one<string>(`SELECT toString(count()) AS v FROM ${table}`);

/** Raw HTTP, with the account in Basic. */
const send = (
  parameters: Record<string, string>,
  init: RequestInit & { account?: { user: string; password: string } } = {},
) => {
  const { user, password } = init.account ?? backend;
  const headers = new Headers(init.headers);
  headers.set("Authorization", `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`);
  const search = new URLSearchParams({ database: backend.database, ...parameters });
  return fetch(`${backend.url}/?${search.toString()}`, { method: "POST", ...init, headers });
};

const event = (n: number, more: object = {}) => ({
  id: randomUUID(),
  name: ["page_view", "click"][n % 2],
  occurred_at: 1_700_000_000_123 + n,
  value: n % 3 === 0 ? null : n / 4,
  tags: ["a", `b'${n}`],
  properties: { plan: "gold", n, nested: { deep: [1, 2] } },
  ...more,
});
const bytes = (list: object[]) =>
  Buffer.from(list.map((row) => `${JSON.stringify(row)}\n`).join(""));
const insertBytes = async (body: Buffer, token: string, table = "events") => {
  const result = await client.exec({
    query: `INSERT INTO ${table} FORMAT JSONEachRow`,
    values: Readable.from([body]),
    clickhouse_settings: { insert_deduplication_token: token },
  });
  for await (const _ of result.stream) {
    // Only its end matters.
  }
  return result;
};

const large = async (format: DataFormat): Promise<string> => {
  const result = await client.query({
    query: "SELECT number AS n FROM numbers(200000)",
    format,
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  return result.text();
};

describe("talking", () => {
  test("ping answers, with and without SQL", async () => {
    expect(await client.ping()).toMatchObject({ success: true });
    expect(await client.ping({ select: true })).toMatchObject({ success: true });
  });

  test.each(["JSON", "JSONCompact"] as const)(
    "a large result in %s is one document",
    async (format) => {
      const document = JSON.parse(await large(format)) as object;
      expect(document).toMatchObject({ rows: 200_000, meta: [{ name: "n" }] });
    },
  );

  test.each([
    ["JSONEachRow", 200_000],
    ["JSONCompactEachRow", 200_000],
    ["CSV", 200_000],
    ["CSVWithNames", 200_001],
    ["TabSeparated", 200_000],
    ["TabSeparatedWithNames", 200_001],
    ["TabSeparatedWithNamesAndTypes", 200_002],
  ] as const)("a large result in %s has %i lines", async (format, lines) => {
    expect((await large(format)).trimEnd().split("\n")).toHaveLength(lines);
  });

  test("the format in the statement wins, default_format fills in, and headers say which it was", async () => {
    const stated = await send(
      { default_format: "CSV" },
      { body: "SELECT 1 AS x FORMAT JSONEachRow" },
    );
    expect(stated.headers.get("x-clickhouse-format")).toBe("JSONEachRow");
    expect(await stated.text()).toBe('{"x":1}\n');
    const byDefault = await send(
      { default_format: "CSV", query_id: "my-id" },
      { body: "SELECT 'x'" },
    );
    expect(byDefault.headers.get("content-type")).toContain("text/csv");
    expect(byDefault.headers.get("x-clickhouse-query-id")).toBe("my-id");
    expect(byDefault.headers.get("x-clickhouse-timezone")).toBeTruthy();
    expect(byDefault.headers.get("x-clickhouse-server-display-name")).toBeTruthy();
    expect(await byDefault.text()).toBe('"x"\n');
  });

  test("the summary counts what was written and read", async () => {
    await client.command({
      query: "CREATE TABLE counted (n UInt64) ENGINE = MergeTree ORDER BY n",
    });
    const { summary } = await insertBytes(bytes([{ n: 1 }, { n: 2 }, { n: 3 }]), "", "counted");
    expect(summary).toMatchObject({ written_rows: "3", read_rows: "3" });
    expect(Number(summary?.elapsed_ns)).toBeGreaterThan(0);
    const read = await send(
      { wait_end_of_query: "1" },
      { body: "SELECT sum(n) FROM counted FORMAT JSON" },
    );
    const header = JSON.parse(read.headers.get("x-clickhouse-summary") ?? "{}") as object;
    expect(header).toMatchObject({ read_rows: "3" });
  });

  test("gzip both ways", async () => {
    const zipped = createClient({
      url: backend.url,
      username: backend.user,
      password: backend.password,
      database: backend.database,
      compression: { request: true, response: true },
      log: { level: ClickHouseLogLevel.OFF },
    });
    await client.command({ query: "CREATE TABLE zipped (s String) ENGINE = MergeTree ORDER BY s" });
    const s = "é".repeat(1000);
    await zipped.insert({ table: "zipped", values: [{ s }], format: "JSONEachRow" });
    const result = await zipped.query({ query: "SELECT s FROM zipped", format: "JSONEachRow" });
    expect(result.response_headers["content-encoding"]).toBe("gzip");
    expect(await result.json()).toEqual([{ s }]);
    await zipped.close();
    const body = gzipSync("SELECT 'raw'");
    const raw = await send({}, { body, headers: { "Content-Encoding": "gzip" } });
    expect(await raw.text()).toBe("raw\n");
  });
});

describe("parameters", () => {
  test.each([
    ["String", "it's a \\ back\tslash\nline", "it's a \\ back\tslash\nline"],
    ["UInt8", 255, 255],
    ["Int64", "-9223372036854775808", "-9223372036854775808"],
    ["Float64", 0.1, 0.1],
    ["Bool", true, true],
    ["Nullable(String)", null, null],
    ["Nullable(UInt32)", 7, 7],
    ["Date", "2026-11-21", "2026-11-21"],
    ["DateTime64(3, 'UTC')", new Date(1_700_000_000_123), "2023-11-14 22:13:20.123"],
    ["UUID", "0190b6a0-0000-7000-8000-000000000000", "0190b6a0-0000-7000-8000-000000000000"],
    ["Array(String)", ["it's", "b\\c", 'd"e', "", "é\n"], ["it's", "b\\c", 'd"e', "", "é\n"]],
    ["Array(UInt64)", [1, 2], ["1", "2"]],
    ["Array(Array(String))", [["a'"], []], [["a'"], []]],
    ["Map(String, UInt8)", { "k'": 1 }, { "k'": 1 }],
    ["Tuple(String, UInt8)", new TupleParam(["a'", 1]), ["a'", 1]],
    ["LowCardinality(String)", "x", "x"],
    ["Enum8('a' = 1, 'b' = 2)", "b", "b"],
  ])("%s", async (type, sent, expected) => {
    const settings = { output_format_json_quote_64bit_integers: "1" };
    const [row] = await rows<{ v: unknown }>(`SELECT {p: ${type}} AS v`, { p: sent }, settings);
    expect(row?.v).toEqual(expected);
  });

  test("an identifier", async () => {
    expect(await one("SELECT count() AS v FROM {t: Identifier}", { t: "events" })).toBeDefined();
  });

  test("any text comes back as it was sent, alone and in an array", async () => {
    const text = fc.string({ unit: "grapheme", maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(text, { maxLength: 5 }), async (a, list) => {
        const [row] = await rows("SELECT {a: String} AS a, {list: Array(String)} AS list", {
          a,
          list,
        });
        expect(row).toEqual({ a, list });
      }),
      { numRuns: 40 },
    );
  });

  test("a value is never SQL", async () => {
    await expect(one("SELECT {n: UInt8} AS v", { n: "1) + (2" })).rejects.toMatchObject({
      code: "457",
    });
  });

  test("a parameter that is not given is an error, even when the request before gave it", async () => {
    expect(await one("SELECT {once: UInt8} AS v", { once: 1 })).toBe(1);
    const all = Array.from({ length: 8 }, () => one("SELECT {once: UInt8} AS v"));
    for (const answer of await Promise.allSettled(all)) expect(answer.status).toBe("rejected");
  });

  test("parameters of requests at the same time do not mix", async () => {
    const all = Array.from({ length: 40 }, async (_, n) => [
      n,
      await one("SELECT {n: UInt32} AS v", { n }),
    ]);
    for (const [sent, received] of await Promise.all(all)) expect(received).toBe(sent);
  });

  test("parameterised views take arrays and numbers", async () => {
    await client.command({
      query:
        "CREATE VIEW picked AS SELECT number AS n FROM numbers(10) WHERE has({names: Array(String)}, toString(number)) AND number < {below: UInt64}",
    });
    expect(
      await rows(
        "SELECT toUInt8(n) AS n FROM picked(names = ['1', '3', '9'], below = 5) ORDER BY n",
      ),
    ).toEqual([{ n: 1 }, { n: 3 }]);
  });
});

describe("settings", () => {
  test("hold for their request alone", async () => {
    const query = "SELECT toString(getSetting('max_block_size')) AS v";
    const before = await one(query);
    expect(await rows(query, {}, { max_block_size: "777" })).toEqual([{ v: "777" }]);
    for (let n = 0; n < 6; n += 1) expect(await one(query)).toBe(before);
  });

  test("an unknown one is an error", async () => {
    await expect(rows("SELECT 1", {}, { no_such_setting: "1" })).rejects.toMatchObject({
      code: "115",
    });
  });
});

describe("errors carry ClickHouse's code, name and status", () => {
  test.each([
    ["SELECT * FROM no_such_table", "60", "UNKNOWN_TABLE", 404],
    ["SELECT no_such_column FROM events", "47", "UNKNOWN_IDENTIFIER", 404],
    ["SELEC 1", "62", "SYNTAX_ERROR", 400],
    ["SELECT 1; SELECT 2", "62", "SYNTAX_ERROR", 400],
    ["SELECT throwIf(1)", "395", "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO", 500],
    ["SELECT 1 FORMAT NoSuchFormat", "73", "UNKNOWN_FORMAT", 404],
  ])("%s", async (query, code, type, status) => {
    await expect(client.command({ query })).rejects.toMatchObject({ code, type });
    const response = await send({}, { body: query });
    expect(response.headers.get("x-clickhouse-exception-code")).toBe(code);
    expect(await response.text()).toContain(type);
    expect(response.status).toBe(status);
  });

  test("a wrong password", async () => {
    const account = { user: backend.user, password: "wrong" };
    const response = await send({}, { body: "SELECT 1", account });
    expect(response.status).toBe(403);
    expect(response.headers.get("x-clickhouse-exception-code")).toBe("516");
    expect(await response.text()).toContain("AUTHENTICATION_FAILED");
  });

  test("one that comes after the first rows reaches the reader of the stream", async () => {
    const result = await client.query({
      query: "SELECT throwIf(number = 900000) AS x FROM numbers(1000000) SETTINGS max_threads = 1",
      format: "JSONEachRow",
    });
    const consume = async () => {
      for await (const batch of result.stream()) expect(batch).toBeDefined();
    };
    await expect(consume()).rejects.toMatchObject({ code: "395" });
  });
});

describe("inserts", () => {
  test("DateTime64(3), JSON, LowCardinality, Nullable and Array come back as they went in", async () => {
    const sent = event(7, { name: "round_trip" });
    await insertBytes(bytes([sent]), "round trip");
    expect(
      await rows(
        "SELECT id, name, toUnixTimestamp64Milli(occurred_at) AS at, value, tags, properties, properties.plan::String AS plan FROM events WHERE name = 'round_trip'",
        {},
        { output_format_json_quote_64bit_integers: "0" },
      ),
    ).toMatchObject([
      {
        id: sent.id,
        name: "round_trip",
        at: sent.occurred_at,
        value: 1.75,
        tags: ["a", "b'7"],
        properties: { plan: "gold", nested: {} },
        plan: "gold",
      },
    ]);
  });

  test("client.insert takes objects and streams", async () => {
    await client.insert({
      table: "events",
      values: [event(1, { name: "objects" })],
      format: "JSONEachRow",
    });
    const stream = Readable.from([event(2, { name: "objects" })], { objectMode: true });
    await client.insert({ table: "events", values: stream, format: "JSONEachRow" });
    expect(await one("SELECT toUInt8(count()) AS v FROM events WHERE name = 'objects'")).toBe(2);
  });

  test("the same token twice counts once, over several partitions too, and another token counts again", async () => {
    const body = bytes([event(0), event(1), event(2, { occurred_at: 1_600_000_000_000 })]);
    const before = Number(await count("events"));
    await insertBytes(body, "segment-1");
    await insertBytes(body, "segment-1");
    expect(Number(await count("events"))).toBe(before + 3);
    await insertBytes(body, "segment-2");
    expect(Number(await count("events"))).toBe(before + 6);
  });

  test("a bad row rejects its whole insert and is named", async () => {
    const before = await count("events");
    const body = bytes([event(0), event(1, { occurred_at: "never" })]);
    await expect(insertBytes(body, "bad")).rejects.toThrow(/row 2/);
    expect(await count("events")).toBe(before);
  });

  test("a slow query does not delay them", async () => {
    const leave = new AbortController();
    const slow = client
      .query({
        query: "SELECT sum(sipHash64(number)) FROM numbers(100000000000)",
        abort_signal: leave.signal,
      })
      .catch(() => "left");
    const started = performance.now();
    for (let n = 0; n < 5; n += 1) await insertBytes(bytes([event(n)]), `beside-${n}`);
    expect(performance.now() - started).toBeLessThan(5000);
    leave.abort();
    expect(await slow).toBe("left");
  });
});

describe("results", () => {
  test("a million rows stream", async () => {
    const result = await client.query({
      query: "SELECT number FROM numbers(1000000)",
      format: "JSONCompactEachRow",
    });
    let seen = 0;
    for await (const batch of result.stream()) seen += batch.length;
    expect(seen).toBe(1_000_000);
  });

  test("a reader that leaves early leaves nothing running", async () => {
    const marker = `left_${process.pid}`;
    const result = await client.query({
      query: `SELECT number AS ${marker} FROM numbers(1000000000000)`,
      format: "JSONEachRow",
    });
    for await (const batch of result.stream()) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    result.close();
    const left = () =>
      one<number>(
        "SELECT toUInt8(count()) AS v FROM system.processes WHERE position(query, {m: String}) > 0 AND query NOT LIKE '%system.processes%'",
        { m: marker },
      );
    await expect.poll(left, { timeout: 10_000 }).toBe(0);
  });
});

test("embedded only: a deduplication token holds after a restart", async ({ skip }) => {
  const { embedded } = backend;
  if (embedded === undefined) {
    skip("a server's restart is its operator's business");
    return;
  }
  const body = bytes([event(0), event(1)]);
  await insertBytes(body, "over a restart");
  const before = await count("events");
  await embedded.restart();
  await insertBytes(body, "over a restart");
  expect(await count("events")).toBe(before);
});

test("embedded only: a reader reads, and does nothing else", async ({ skip }) => {
  const { embedded } = backend;
  if (embedded === undefined) {
    skip("a server's accounts are its operator's business");
    return;
  }
  const reader = createClient({
    url: backend.url,
    username: embedded.reader.user,
    password: embedded.reader.password,
    database: backend.database,
    compression: { response: true },
    log: { level: ClickHouseLogLevel.OFF },
  });
  const result = await reader.query({
    query: "SELECT count() > 0 AS ok FROM events WHERE name IN {names: Array(String)}",
    query_params: { names: ["page_view", "click"] },
    format: "JSONEachRow",
  });
  expect(await result.json()).toEqual([{ ok: 1 }]);
  await expect(reader.command({ query: "DROP TABLE events" })).rejects.toMatchObject({
    code: "164",
  });
  await expect(
    reader.query({ query: "SELECT 1", clickhouse_settings: { readonly: "0" } }),
  ).rejects.toMatchObject({ code: "164" });
  await reader.close();
});
