import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { gzipSync } from "node:zlib";
import { parseEvent } from "@balise/schema";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { recordedSleep, startCollector } from "../sender/testing/collector.js";
import { type ImportOptions, runImport } from "./import.js";

const folder = mkdtempSync(join(tmpdir(), "balise-import-"));
afterAll(() => rmSync(folder, { recursive: true }));

let collector: Awaited<ReturnType<typeof startCollector>>;
beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => collector.stop());

const MAP =
  "name=event,userId=user_id,occurredAt=timestamp,sessionId=session_id,properties.platform=platform";
const ROWS = Array.from(
  { length: 5200 },
  (_, at) => `user_${at % 90},sess_${at % 400},view,2024-03-13 10:21:14,mobile`,
);
const CSV = ["user_id,session_id,event,timestamp,platform", ...ROWS, ""].join("\n");

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function run(path: string, options: Partial<ImportOptions> = {}) {
  const [stdout, stderr] = [new PassThrough({ highWaterMark: 2 ** 26 }), new PassThrough()];
  const { sleep } = recordedSleep();
  const code = await runImport(
    path,
    { url: collector.url, key: "secret", ...options },
    { stdout, stderr, sleep },
  );
  const text = (stream: PassThrough): string => String(stream.read() ?? "");
  return { code, out: text(stdout), err: text(stderr) };
}

test("the same file imported twice, over a bad connection, brings each row's id once", async () => {
  const path = file("shop.csv.gz", gzipSync(CSV));
  const troubles = [{ status: 503 }, "reset", "lost"] as const;
  collector.answer = (_, number) => troubles[number];
  expect(await run(path, { map: MAP })).toEqual({
    code: 0,
    out: "5,200 accepted, 0 rejected\n",
    err: "",
  });
  const ids = new Set(collector.ids());
  // Rows repeat after 3,600: equal ones stay two events.
  expect(ids.size).toBe(5200);
  expect(collector.events().filter((event) => !parseEvent(event).ok)).toEqual([]);
  await run(path, { map: MAP });
  expect(new Set(collector.ids())).toEqual(ids);
});

test("what is printed is what would be sent", async () => {
  const path = file("shop.csv", CSV);
  const printed = await run(path, { map: MAP, print: true, key: "" });
  expect(collector.requests).toEqual([]);
  expect(printed.code).toBe(0);
  const lines = printed.out.trimEnd().split("\n");
  await run(path, { map: MAP });
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(collector.events());
  collector.kept.length = 0;
  await run(file("shop.ndjson", printed.out));
  expect(collector.events()).toEqual(lines.map((line): unknown => JSON.parse(line)));
});

test("rejected rows make the exit code 2, and the rest is sent", async () => {
  const path = file("partly.csv", `${CSV}u,s,view,someday,web\n`);
  const { code, out } = await run(path, { map: MAP });
  expect(code).toBe(2);
  expect(out).toContain(
    "5,200 accepted, 1 rejected\n  invalid_field: 1\n    line 5202: occurredAt:",
  );
  expect(collector.ids()).toHaveLength(5200);
  const printed = await run(path, { map: MAP, print: true });
  expect([printed.code, printed.err]).toEqual([2, out.replace(/rejected rows, .*\n/, "")]);
  const rejects = join(folder, "partly.rejected.csv");
  expect(out).toContain(`rejected rows, with reasons: ${rejects}\n`);
  const [header, row, ...more] = readFileSync(rejects, "utf8").trimEnd().split("\n");
  expect(header).toBe(
    "balise_line,balise_code,balise_reason,user_id,session_id,event,timestamp,platform",
  );
  expect(row).toMatch(/^5202,invalid_field,"occurredAt: .*",u,s,view,someday,web$/);
  expect(more).toEqual([]);
  // Corrected, it is imported with the same mapping.
  writeFileSync(rejects, readFileSync(rejects, "utf8").replace(",someday,", ",2026-03-13,"));
  collector.kept.length = 0;
  expect(await run(rejects, { map: MAP })).toMatchObject({ code: 0 });
  expect(collector.events()).toMatchObject([{ userId: "u", name: "view" }]);
});

test("a missing file is said in one line", async () => {
  const path = join(folder, "missing.csv");
  expect(await run(path)).toEqual({
    code: 1,
    out: "",
    err: `balise import: there is no file ${path}: check the path\n`,
  });
  expect((await run(folder)).err).toContain("is a folder: name a file in it");
});

test("a refused key is said in one line, with where to give it", async () => {
  const error = { code: "unknown_key", message: "this is not the secret key of any site" };
  collector.answer = () => ({ status: 401, body: { error } });
  const { code, err } = await run(file("shop.csv", CSV), { map: MAP });
  expect(code).toBe(1);
  expect(err).toBe(
    `balise import: ${collector.url}/v1/import answered 401: this is not the secret key of any site; give the site's secret key with --key or BALISE_SECRET_KEY\n`,
  );
});

test("a collector that does not answer is said in one line, with its address", async () => {
  await collector.stop();
  const { code, err } = await run(file("shop.csv", CSV), { map: MAP });
  expect(code).toBe(1);
  expect(err).toMatch(
    `balise import: no collector answers at ${collector.url}/v1/import (ECONNREFUSED)`,
  );
  expect(err.trimEnd()).not.toContain("\n");
});

test("a wrong mapping is said before anything is sent", async () => {
  const path = file("shop.csv", CSV);
  const { code, err } = await run(path, { map: MAP.replace("=timestamp", "=time") });
  expect([code, collector.requests.length]).toEqual([1, 0]);
  expect(err).toContain('names the column "time", which the file does not have; it has "user_id",');
  expect((await run(path)).err).toContain("are not named as the fields of events: give --map");
});

test("a reader that has seen enough ends the printing quietly", async () => {
  const stdout = new PassThrough();
  const closed = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
  stdout.once("data", () => stdout.destroy(closed));
  const options = { url: collector.url, map: MAP, print: true };
  expect(await runImport(file("shop.csv", CSV), options, { stdout })).toBe(0);
});
