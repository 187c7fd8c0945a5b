import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import {
  oracleFunnel,
  type OracleEvent,
} from "../packages/collector/dist/testing/funnel-oracle.js";
import { until } from "../packages/collector/dist/testing/until.js";
import { askFunnel, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { testFolder } from "./support/folder.js";
import { balise, BIN, type Ended, environment } from "./support/run.js";

const ROWS = 4000;
const WINDOW = 3600;
/** Steps that repeat a name, so that equal rows and equal times matter. */
const STEPS = ["visit", "call", "call", "sale", "visit"];
const START = Date.UTC(2026, 2, 1, 8);

interface Row {
  who: string;
  name: string;
  time: number;
  note: string;
}

/** About ten rows a person, on few moments, some of them twice or three times over. */
const rows: Row[] = fc
  .sample(
    fc.record({
      person: fc.integer({ min: 1, max: 400 }),
      name: fc.constantFrom("visit", "visit", "call", "call", "sale", "other"),
      moment: fc.integer({ min: 0, max: 12 }),
      note: fc.constantFrom("", "plain", 'a "quoted" word', "two\nlines", "a;b,c", "=1+1", "é ☀️"),
      copies: fc.constantFrom(1, 1, 1, 1, 1, 2, 3),
    }),
    { numRuns: ROWS, seed: 2026 },
  )
  .flatMap(({ person, name, moment, note, copies }) => {
    const row = { who: `client ${person}`, name, time: START + moment * 600_000, note };
    return Array.from({ length: copies }, () => row);
  });

const MAP = "userId=Kunde,name=Was,occurredAt=Wann,properties.note=Notiz";

/** Rows of which each has something wrong. */
const WRONG = [
  "client 1;;2026-03-01 09:00:00;",
  "client 1;sale;yesterday;",
  "client 1;sale;2026-02-30 09:00:00;",
  "client 1;sale;1970-01-01 00:00:00;",
  ";sale;2026-03-01 09:00:00;",
  "client 1;sale",
];

function csvOf(all: readonly Row[]): string {
  const cell = (text: string): string =>
    /[";\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = all.map(({ who, name, time, note }) =>
    [who, name, new Date(time).toISOString().slice(0, 19).replace("T", " "), cell(note)].join(";"),
  );
  const half = Math.floor(lines.length / 2);
  return `\ufeff${["Kunde;Was;Wann;Notiz", ...lines.slice(0, half), ...WRONG, ...lines.slice(half)].join("\r\n")}\r\n`;
}

function importFile(collector: Collector, file: string): Promise<Ended> {
  return balise(
    ["import", file, "--map", MAP, "--url", collector.url],
    { BALISE_SECRET_KEY: collector.keys.secretKey },
    testFolder(),
  );
}

test("a CSV file imported twice comes in once, and its funnel is the one that the definition gives", async () => {
  const folder = testFolder();
  const file = join(folder, "export.csv");
  writeFileSync(file, csvOf(rows));
  const collector = await startCollector(folder);
  onTestFinished(async () => void (await collector.end("SIGKILL")));

  const report = `${rows.length.toLocaleString("en")} accepted, ${WRONG.length} rejected`;
  const first = await importFile(collector, file);
  expect(first).toMatchObject({ code: 2, stdout: expect.stringContaining(report) });
  for (const code of ["missing_field", "invalid_field", "time_out_of_range", "missing_person"])
    expect(first.stdout).toContain(code);
  expect((await importFile(collector, file)).stdout).toBe(first.stdout);
  await expect
    .poll(() => count(collector, "count()"), { timeout: 20_000, interval: 200 })
    .toBeGreaterThanOrEqual(rows.length);

  const events = rows.map(({ who, name, time }, place): OracleEvent => {
    return { id: String(place), unit: who, name, time };
  });
  const expected = oracleFunnel(
    events,
    STEPS.map((step) => [step]),
    WINDOW * 1000,
  );
  const period = { from: "2026-03-01", to: "2026-03-01" };
  const funnel = { steps: STEPS, windowSeconds: WINDOW, ...period };
  await expect
    .poll(() => askFunnel(collector, funnel), { timeout: 20_000, interval: 200 })
    .toMatchObject(expected);
  expect(expected.at(-1)?.people).toBeGreaterThan(10);
  expect(await count(collector, "uniqExact(id)")).toBe(rows.length);
  expect(await count(collector, "uniqExact(user_id)")).toBe(
    new Set(rows.map((row) => row.who)).size,
  );
  const notes = await sql<{ note: string }>(
    collector,
    "SELECT DISTINCT properties.note::String AS note FROM events ORDER BY note",
  );
  expect(notes.map(({ note }) => note)).toEqual(
    [...new Set(rows.map((row) => row.note))].toSorted((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    ),
  );
});

/** Kills the import each time that it has come further, and gives how far it was. */
async function killedImport(collector: Collector, file: string, place: string): Promise<number> {
  const before = entriesAt(place);
  const args = ["import", file, "--map", MAP, "--url", collector.url];
  const settings = { BALISE_SECRET_KEY: collector.keys.secretKey };
  const child = spawn(process.execPath, [BIN, ...args], {
    env: environment(settings),
    stdio: "ignore",
  });
  const ended = once(child, "close");
  await until(() => child.exitCode !== null || entriesAt(place) > before, 30_000);
  child.kill("SIGKILL");
  expect(await ended).toEqual([null, "SIGKILL"]);
  return entriesAt(place);
}

/** 0 before there is a place. */
function entriesAt(place: string): number {
  try {
    return (JSON.parse(readFileSync(place, "utf8")) as { entries: number }).entries;
  } catch {
    return 0;
  }
}

test("an import that is killed again and again stores each row once, and reports as if it had not been", async () => {
  const folder = testFolder();
  const file = join(folder, "export.csv");
  const many = Array.from({ length: 7 }, () => rows).flat();
  writeFileSync(file, csvOf(many));
  const collector = await startCollector(folder);
  onTestFinished(async () => void (await collector.end("SIGKILL")));

  const place = join(folder, "export.import.json");
  let last = 0;
  for (let kills = 0; kills < 5; kills++) {
    const now = await killedImport(collector, file, place);
    expect(now).toBeGreaterThan(last);
    last = now;
  }
  expect(last).toBeLessThan(many.length);
  const { stdout, stderr } = await importFile(collector, file);
  expect(stderr).toContain(`goes on behind the ${last.toLocaleString("en")} events`);
  expect(stdout).toContain(
    `${many.length.toLocaleString("en")} accepted, ${WRONG.length} rejected`,
  );
  expect(existsSync(place)).toBe(false);
  // The header and each refused row, once.
  const rejects = readFileSync(join(folder, "export.rejected.csv"), "utf8").trimEnd().split("\n");
  expect(rejects).toHaveLength(1 + WRONG.length);
  await expect
    .poll(() => count(collector, "uniqExact(id)"), { timeout: 20_000, interval: 200 })
    .toBe(many.length);
  const [stored] = await sql<{ n: string }>(
    collector,
    "SELECT toString(count()) AS n FROM events FINAL",
  );
  expect(Number(stored?.n)).toBe(many.length);
});

async function count(collector: Collector, what: string): Promise<number> {
  const [row] = await sql<{ n: string }>(collector, `SELECT toString(${what}) AS n FROM events`);
  return Number(row?.n);
}
