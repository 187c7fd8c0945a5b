import { randomUUID } from "node:crypto";
import type { ClickHouseClient } from "@clickhouse/client";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { StartError } from "../config.js";
import { openTestStore, type TestStore } from "../testing/store.js";
import { createStoreClient } from "./client.js";
import { storeInsert } from "./insert.js";
import { checkRequirements, requireAll } from "./requirements.js";
import { checkStoreClock } from "./requirements/clock.js";
import { checkDeduplication } from "./requirements/deduplication.js";
import { checkDisks } from "./requirements/disks.js";
import { checkProfile, isRefused } from "./requirements/profile.js";
import { checkRights } from "./requirements/rights.js";
import { checkTables } from "./requirements/tables.js";
import { checkVersion } from "./requirements/version.js";
import { rowsOf } from "./rows.js";

let store: TestStore;
let client: ClickHouseClient;
beforeAll(async () => {
  store = await openTestStore();
  ({ client } = store);
  // A merge would make one row of two equal ones before they are counted.
  await client.command({ query: "SYSTEM STOP MERGES events" });
});
afterAll(() => store.close());

/** A client whose every statement runs with these settings, as a profile would give them. */
async function under<T>(
  settings: Record<string, string>,
  work: (client: ClickHouseClient) => Promise<T>,
): Promise<T> {
  const profiled = createStoreClient(store.address, settings);
  try {
    return await work(profiled);
  } finally {
    await profiled.close();
  }
}

const setting = (text: string): Promise<unknown> =>
  client.command({ query: `ALTER TABLE events MODIFY SETTING ${text}` });

/** Sends the same insert twice, and counts what is stored of it. */
async function insertTwice(by: ClickHouseClient): Promise<number> {
  const name = randomUUID();
  const row = { site_id: "shop", id: randomUUID(), name, occurred_at: Date.now() };
  const line = Buffer.from(`${JSON.stringify(row)}\n`);
  const insert = storeInsert(by);
  await insert("events", name, [line], 1);
  await insert("events", name, [line], 1);
  const [stored] = await rowsOf<{ n: string }>(
    client,
    "SELECT toString(count()) AS n FROM events WHERE name = {name:String}",
    { name },
  );
  return Number(stored?.n);
}

describe("the requirements of ClickHouse", () => {
  it("are met by the engine and the migrations", async () => {
    const findings = await checkRequirements(client);
    expect(
      findings.filter(({ level, check }) => level !== "ok" && !check.startsWith("disk")),
    ).toEqual([]);
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(["ClickHouse version", "insert deduplication", "rights of our user"]),
    );
    expect(await insertTwice(client)).toBe(1);
  });

  it("refuse a table that remembers no token: there the same insert counts twice", async () => {
    await setting("non_replicated_deduplication_window = 0");
    try {
      expect(await insertTwice(client)).toBe(2);
      expect(await checkTables(client)).toMatchObject([
        { check: "table events", level: "failure", is: "non_replicated_deduplication_window = 0" },
      ]);
      const lines: string[] = [];
      const told = new Set<string>();
      const log = pino({ level: "warn" }, { write: (line) => void lines.push(line) });
      for (let times = 0; times < 3; times++)
        await expect(requireAll(client, log, told)).rejects.toThrow(StartError);
      expect(lines.filter((line) => line.includes("table events"))).toHaveLength(1);
      await setting("non_replicated_deduplication_window = 100");
      expect(await checkTables(client)).toMatchObject([{ level: "warning" }]);
    } finally {
      await setting("non_replicated_deduplication_window = 10000");
    }
    expect(await checkTables(client)).toMatchObject([{ level: "ok" }]);
    await expect(requireAll(client, pino({ level: "silent" }))).resolves.toBeUndefined();
  });

  it.each(["fsync_after_insert", "min_rows_to_fsync_after_merge"])(
    "warn of a table whose rows may not be on disk when they are acknowledged: %s",
    async (name) => {
      await setting(`${name} = 0`);
      try {
        expect(await checkTables(client)).toMatchObject([
          { check: "table events", level: "warning", is: `${name} = 0` },
        ]);
      } finally {
        await setting(`${name} = 1`);
      }
    },
  );

  it.each<Record<string, string>>([
    { deduplicate_insert: "disable" },
    { deduplicate_insert: "backward_compatible_choice", insert_deduplicate: "0" },
  ])("refuse a profile under which the same insert counts twice: %j", async (profile) => {
    await under(profile, async (profiled) => {
      expect(await insertTwice(profiled)).toBe(2);
      expect(await checkDeduplication(profiled)).toMatchObject([{ level: "failure" }]);
    });
  });

  it("take a profile under which the newer setting overrides the older one", async () => {
    await under({ deduplicate_insert: "enable", insert_deduplicate: "0" }, async (profiled) => {
      expect(await insertTwice(profiled)).toBe(1);
      expect(await checkDeduplication(profiled)).toMatchObject([{ level: "ok" }]);
    });
  });

  it("refuse a user who may only read", async () => {
    await under({ readonly: "2" }, async (profiled) => {
      expect(await checkProfile(profiled)).toMatchObject([
        { level: "failure", is: "readonly = 2" },
      ]);
    });
    await under({ allow_ddl: "0" }, async (profiled) => {
      expect(await checkProfile(profiled)).toMatchObject([{ is: "allow_ddl = 0" }]);
    });
  });

  it("name the rights that are missing", async () => {
    expect(await checkRights(client, { "CREATE USER": "for this test" })).toMatchObject([
      { level: "failure", is: "CREATE USER is missing" },
    ]);
  });

  it("refuse an older version, and warn of other clocks and of full disks", async () => {
    expect(await checkVersion(client, "99.1")).toMatchObject([{ level: "failure" }]);
    expect(await checkStoreClock(client, () => Date.now() - 60_000)).toMatchObject([
      { level: "warning", is: expect.stringMatching(/s ahead of ours$/) },
    ]);
    const huge = Number.MAX_SAFE_INTEGER;
    expect(await checkDisks(client, { warning: huge, failure: 0 })).toMatchObject([
      { level: "warning" },
    ]);
    expect(await checkDisks(client, { warning: huge, failure: huge })).toMatchObject([
      { level: "failure" },
    ]);
  });
});

describe("a setting of every insert", () => {
  const row = { name: "async_insert", value: "1", readonly: 0, min: null, max: null };

  it("is refused where a constraint keeps it from the value that is wanted", () => {
    expect(isRefused({ ...row, readonly: 1 }, "0")).toBe(true);
    expect(isRefused({ ...row, min: "1" }, "0")).toBe(true);
    expect(isRefused({ ...row, max: "5" }, "6")).toBe(true);
  });

  it("is taken where none does, or the value is that one already", () => {
    expect(isRefused(row, "0")).toBe(false);
    expect(isRefused({ ...row, value: "0", readonly: 1 }, "0")).toBe(false);
    expect(isRefused({ ...row, min: "0", max: "1" }, "0")).toBe(false);
  });
});
