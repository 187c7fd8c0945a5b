import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { accepted, sql } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { testFolder } from "./support/folder.js";
import { balise, type Ended } from "./support/run.js";

async function start(folder: string): Promise<Collector> {
  const collector = await startCollector(folder);
  onTestFinished(async () => void (await collector.end("SIGKILL")));
  return collector;
}

const doctor = (
  folder: string,
  settings: Record<string, string> = {},
  ...args: string[]
): Promise<Ended> =>
  balise(
    ["doctor", ...args],
    {
      BALISE_DATA_DIR: join(folder, "data"),
      BALISE_PORT: "0",
      BALISE_EMBEDDED_PORT: "0",
      ...settings,
    },
    folder,
  );

/** The port of an address, as a setting. */
const portOf = (url: string): string => new URL(url).port;

/** Names, sizes and moments of all files. */
const snapshot = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .toSorted();

test("balise doctor looks at a collector that runs, finds what was altered, and tells no secret", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  const ports = {
    BALISE_PORT: portOf(collector.url),
    BALISE_EMBEDDED_PORT: portOf(collector.store),
  };
  await accepted(collector, [makeEvent()]);
  const sound = await doctor(folder, ports);
  expect(sound).toMatchObject({ code: 0, stderr: "" });
  for (const line of [
    "✓ lock: a collector runs",
    "✓ port: a collector answers",
    "✓ insert deduplication: on",
    "✓ migrations:",
  ]) {
    expect(sound.stdout).toContain(line);
  }

  const owner = ["default", collector.keys.embeddedPassword] as const;
  await sql(
    collector,
    "ALTER TABLE events MODIFY SETTING non_replicated_deduplication_window = 0",
    ...owner,
  ).catch(
    // A statement without rows has no JSON.
    (error: unknown) => expect(error).toBeInstanceOf(SyntaxError),
  );
  const ill = await doctor(folder, ports, "--json");
  expect(ill.code).toBe(1);
  const report = JSON.parse(ill.stdout) as { ok: boolean; findings: { level: string }[] };
  expect(report.ok).toBe(false);
  expect(report.findings.filter(({ level }) => level === "failure")).toEqual([
    {
      check: "table events",
      level: "failure",
      is: "non_replicated_deduplication_window = 0",
      todo: expect.stringContaining("ALTER TABLE events MODIFY SETTING"),
    },
  ]);
  for (const key of Object.values(collector.keys)) {
    expect(sound.stdout + ill.stdout).not.toContain(key);
  }

  const end = await collector.end("SIGTERM");
  expect(end.code).toBe(0);
  const refused = await balise(
    ["start"],
    { BALISE_DATA_DIR: join(folder, "data"), BALISE_PORT: "0", BALISE_EMBEDDED_PORT: "0" },
    folder,
  );
  expect(refused).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("ClickHouse cannot keep every event once: table events"),
  });
}, 120_000);

test("balise doctor changes nothing while no collector runs, and opens the embedded ClickHouse only when told", async () => {
  const folder = testFolder();
  const collector = await start(folder);
  await accepted(collector, [makeEvent()]);
  await collector.end("SIGKILL");

  const before = snapshot(join(folder, "data", "spool"));
  const closed = await doctor(folder);
  expect(closed).toMatchObject({ code: 0 });
  expect(closed.stdout).toContain("✓ lock: left by a killed collector");
  expect(closed.stdout).toMatch(/✓ spool: [\d,]+ rows wait/);
  expect(closed.stdout).toContain("not opened");
  expect(snapshot(join(folder, "data", "spool"))).toEqual(before);

  const opened = await doctor(folder, {}, "--open");
  expect(opened).toMatchObject({ code: 0 });
  expect(opened.stdout).toContain("✓ ClickHouse: answers default");
  expect(opened.stdout).toContain("✓ migrations:");
  expect(snapshot(join(folder, "data", "spool"))).toEqual(before);
}, 120_000);

test("balise doctor of a ClickHouse that does not answer ends with 1, and of a folder without a collector makes nothing", async () => {
  const folder = testFolder();
  mkdirSync(join(folder, "empty"));
  const away = await doctor(folder, { CLICKHOUSE_URL: "http://127.0.0.1:9" });
  expect(away.code).toBe(1);
  expect(away.stdout).toMatch(/✗ ClickHouse: no ClickHouse answers.*\n {4}→ start it/);
  expect(readdirSync(folder)).toEqual(["empty"]);
});
