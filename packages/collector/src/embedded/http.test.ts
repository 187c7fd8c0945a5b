import { request } from "node:http";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, startForTest, type TestEmbedded } from "./testing/start.js";

let embedded: TestEmbedded;
beforeAll(async () => {
  embedded = await startForTest();
  const table =
    "CREATE TABLE t (id UInt64, s String) ENGINE = MergeTree ORDER BY id SETTINGS non_replicated_deduplication_window = 100";
  await embedded.must(table);
});
afterAll(() => embedded.destroy());

const post = (
  query: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  more = "",
) =>
  embedded.send(`/?query=${encodeURIComponent(query)}${more}`, { method: "POST", body, headers });
const count = async () => Number((await embedded.ask("SELECT count() FROM t")).text);

describe("routes", () => {
  test.each(["/ping", "/replicas_status", "/"])(
    "GET %s says Ok without an account",
    async (path) => {
      const response = await fetch(embedded.url + path);
      expect([response.status, await response.text()]).toEqual([200, "Ok.\n"]);
    },
  );

  test("an unknown path and an unknown method are refused", async () => {
    expect((await fetch(`${embedded.url}/nope`)).status).toBe(404);
    expect((await fetch(`${embedded.url}/?query=SELECT+1`, { method: "DELETE" })).status).toBe(501);
  });

  test("a URL longer than 1 MiB is refused and a long one is not", async () => {
    const long = "x".repeat(200_000);
    const response = await embedded.send(`/?query=SELECT+length({a:String})&param_a=${long}`);
    expect(await response.text()).toBe("200000\n");
    const longer = await embedded.send(`/?query=SELECT+1&param_a=${"x".repeat(1_100_000)}`);
    expect(longer.status).toBe(431);
  });

  test("GET changes nothing", async () => {
    for (const query of [
      "INSERT INTO t VALUES (1, 'a')",
      "DROP TABLE t",
      "CREATE TABLE u (a Int8) ENGINE = Memory",
    ]) {
      const response = await embedded.send(`/?query=${encodeURIComponent(query)}`);
      expect(response.headers.get("x-clickhouse-exception-code")).toBe("164");
    }
    const syntax = await embedded.send("/?query=SELEC+1");
    expect(syntax.headers.get("x-clickhouse-exception-code")).toBe("62");
  });
});

describe("inserts", () => {
  test.each([
    [
      "query in the URL, rows in the body",
      "INSERT INTO t FORMAT JSONEachRow",
      '{"id":1,"s":"a;b"}\n',
    ],
    ["everything in the body", "", 'INSERT INTO t FORMAT JSONEachRow\n{"id":2,"s":"é"}'],
    ["VALUES", "", "INSERT INTO balise.t (id, s) VALUES (3, 'x;\\'y')"],
    ["rows begin in the URL", "INSERT INTO t VALUES (4, ", "'z')"],
    [
      "columns and settings",
      "INSERT INTO t (s, id) SETTINGS async_insert = 0 FORMAT CSV",
      '"q",5\n',
    ],
    ["a comment first", "/* FORMAT x */ INSERT INTO t FORMAT TabSeparated", "6\tt\n"],
  ])("%s", async (_name, query, body) => {
    const before = await count();
    const response = await post(query, body);
    expect(response.status).toBe(200);
    expect(JSON.parse(response.headers.get("x-clickhouse-summary") ?? "{}")).toMatchObject({
      written_rows: "1",
    });
    expect(await count()).toBe(before + 1);
  });

  test("binary rows arrive untouched", async () => {
    const row = Buffer.from([7, 0, 0, 0, 0, 0, 0, 0, 3, 0xff, 0x0a, 0x00]);
    expect((await post("INSERT INTO t FORMAT RowBinary", row)).status).toBe(200);
    const hex = await embedded.ask("SELECT hex(s) FROM t WHERE id = 7");
    expect(hex.text).toBe("FF0A00\n");
  });

  test("no rows are no error", async () => {
    const before = await count();
    expect((await post("INSERT INTO t FORMAT JSONEachRow", "")).status).toBe(200);
    expect(await count()).toBe(before);
  });

  test("a bad row at the very end of two million leaves none of them behind", async () => {
    const before = await count();
    const rows = Array.from({ length: 2_000_000 }, (_, i) => `${i}\tx`).join("\n");
    const response = await post("INSERT INTO t FORMAT TSV", `${rows}\nbad\tx\n`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("row 2000001");
    expect(await count()).toBe(before);
  });

  test("a body that ends early is not inserted", async () => {
    const before = await count();
    await new Promise<void>((resolve) => {
      const { user, password } = embedded.owner;
      const sent = request(`${embedded.url}/?query=INSERT+INTO+t+FORMAT+TSV`, {
        method: "POST",
        headers: {
          "X-ClickHouse-User": user,
          "X-ClickHouse-Key": password,
          "Content-Length": 1000,
        },
      });
      sent.on("error", () => undefined);
      sent.on("close", resolve);
      sent.write("90\ta\n91\tb\n", () => sent.destroy());
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    expect(await count()).toBe(before);
  });

  test("rows beyond the limit are refused, compressed ones too, and the process lives on", async () => {
    const bomb = gzipSync(Buffer.alloc(260 * 1024 ** 2, "1\ta\n"), { level: 9 });
    const response = await post("INSERT INTO t FORMAT TSV", bomb, { "Content-Encoding": "gzip" });
    expect(response.status).toBe(413);
    expect(await response.text()).toContain("split them into several inserts");
    expect(await embedded.ask("SELECT 1")).toMatchObject({ text: "1\n" });
  });

  test("a statement that is too long is refused", async () => {
    const answer = await embedded.ask(`SELECT '${"x".repeat(1_100_000)}'`);
    expect(answer).toMatchObject({ status: 413, code: "223" });
  });

  test("fsync_after_insert reaches the disk", async () => {
    const fsyncs = async () =>
      Number(
        (await embedded.ask("SELECT sum(value) FROM system.events WHERE event = 'FileSync'")).text,
      );
    await embedded.ask(
      "CREATE TABLE durable (id UInt64) ENGINE = MergeTree ORDER BY id SETTINGS fsync_after_insert = 1, fsync_part_directory = 1",
    );
    const before = await fsyncs();
    expect(await embedded.ask("INSERT INTO durable VALUES (1)")).toMatchObject({ status: 200 });
    expect(await fsyncs()).toBeGreaterThan(before);
  });
});

describe("compression", () => {
  test("gzip both ways", async () => {
    const response = await post(
      "SELECT {a:String} AS a FORMAT JSONEachRow",
      gzipSync(" "),
      { "Content-Encoding": "gzip", "Accept-Encoding": "gzip" },
      "&param_a=x&enable_http_compression=1",
    );
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(await response.json()).toEqual({ a: "x" });
  });

  test("an answer is not compressed unless the URL and the client ask for it", async () => {
    const response = await post("SELECT 1", "", { "Accept-Encoding": "gzip" });
    expect(response.headers.get("content-encoding")).toBeNull();
  });

  test("a broken gzip body and an unknown encoding are refused", async () => {
    const broken = await post("INSERT INTO t FORMAT TSV", "not gzip", {
      "Content-Encoding": "gzip",
    });
    expect(broken.status).toBe(400);
    const cutOff = gzipSync("1\ta\n2\tb\n").subarray(0, 20);
    const short = await post("INSERT INTO t FORMAT TSV", cutOff, { "Content-Encoding": "gzip" });
    expect(short.status).toBe(400);
    const unknown = await post("SELECT 1", "x", { "Content-Encoding": "snappy" });
    expect(unknown.status).toBe(501);
  });
});

describe("clients that leave", () => {
  test.each([
    ["a streamed one", "SELECT number FROM numbers(1000000000000) FORMAT TSV"],
    [
      "one without a first row",
      "SELECT sum(number * number) FROM numbers(1000000000000) FORMAT TSV",
    ],
    [
      "one that is not streamed",
      "SELECT sum(number * number) FROM numbers(1000000000000) FORMAT JSON",
    ],
  ])("take their statement with them: %s", async (_name, query) => {
    const mine = async () => {
      const left = await embedded.ask(
        "SELECT count() FROM system.processes WHERE query LIKE '%numbers(%' AND query NOT LIKE '%system.processes%'",
      );
      return Number(left.text);
    };
    const leave = new AbortController();
    const sent = embedded.send(`/?query=${encodeURIComponent(query)}`, { signal: leave.signal });
    const ended = sent.then((response) => response.text()).catch(() => "left");
    await eventually(async () => expect(await mine()).toBe(1));
    leave.abort();
    expect(await ended).toBe("left");
    await eventually(async () => expect(await mine()).toBe(0), 5000);
  });
});

test("clients that leave in the middle of a stream give their connections back", async () => {
  for (let n = 0; n < 6; n += 1) {
    const leave = new AbortController();
    const query = encodeURIComponent("SELECT number FROM numbers(1000000000000) FORMAT TSV");
    const response = await embedded.send(`/?query=${query}`, { signal: leave.signal });
    expect(response.status).toBe(200);
    leave.abort();
  }
  // There are three connections: each of the six must have been freed.
  expect(await embedded.ask("SELECT 1")).toMatchObject({ text: "1\n" });
});

test("temporary tables, SET and USE end with their request", async () => {
  await embedded.ask("CREATE TEMPORARY TABLE passing (a Int8)");
  expect(await embedded.ask("SELECT * FROM passing")).toMatchObject({ status: 404, code: "60" });
  await embedded.ask("SET max_threads = 1");
  await embedded.ask("USE system");
  const after = await embedded.ask(
    "SELECT currentDatabase(), getSetting('max_block_size')",
    "owner",
    {
      max_block_size: "7",
    },
  );
  expect(after.text).toBe("balise\t7\n");
  expect((await embedded.ask("SELECT getSetting('max_block_size')")).text).not.toBe("7\n");
  await embedded.ask("SELECT 1", "owner", { readonly: "1" });
  expect((await embedded.ask("SELECT getSetting('readonly')")).text).toBe("0\n");
});
