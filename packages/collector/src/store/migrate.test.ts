import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../testing/store.js";
import { migrate, readMigrations } from "./migrate.js";
import { applyRetention } from "./retention.js";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
});

describe("migrations", () => {
  it("are applied once", async () => {
    expect(await migrate(store.client)).toEqual([]);
  });

  it("make the tables that the collector writes", async () => {
    const result = await store.client.query({
      query: "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
      format: "JSONEachRow",
    });
    const names = (await result.json<{ name: string }>()).map((row) => row.name);
    expect(names).toEqual(
      expect.arrayContaining([
        "annotations",
        "contacts",
        "costs",
        "customers",
        "events",
        "feedback",
        "follow_up_steps",
        "funnel",
        "funnel_between",
        "identities",
        "rejected_events",
        "sessions",
      ]),
    );
  });

  it("make tables whose merges are on disk before what they replace is removed", async () => {
    const { client } = store;
    const syncs = async (): Promise<number> => {
      const query = "SELECT sum(value) AS n FROM system.events WHERE event = 'FileSync'";
      const result = await client.query({ query, format: "JSONEachRow" });
      return Number((await result.json<{ n: string }>())[0]?.n);
    };
    await client.command({ query: "SYSTEM STOP MERGES rejected_events" });
    for (const id of ["a", "b"]) {
      const values = [{ site_id: "s", id, code: "c", received_at: Date.now() }];
      await client.insert({ table: "rejected_events", values, format: "JSONEachRow" });
    }
    const before = await syncs();
    await client.command({ query: "SYSTEM START MERGES rejected_events" });
    await client.command({ query: "OPTIMIZE TABLE rejected_events FINAL" });
    expect(await syncs()).toBeGreaterThan(before);
  });

  it("stop the start when one was edited after it had been applied", async () => {
    const edited = readMigrations().map((migration, place) =>
      place === 1 ? { ...migration, hash: "other" } : migration,
    );
    await expect(migrate(store.client, edited)).rejects.toThrow(
      /0002_feedback.sql was edited after it had been applied/,
    );
  });

  it("stop the start when the database is newer", async () => {
    await expect(migrate(store.client, readMigrations().slice(0, 3))).rejects.toThrow(
      /0004_costs, which this version does not know/,
    );
  });

  it("name the file that failed, and apply the rest at the next start", async () => {
    const bad = [...readMigrations(), { name: "0014_bad", sql: "CREATE TABEL x", hash: "h" }];
    await expect(migrate(store.client, bad)).rejects.toThrow(/0014_bad.sql failed/);
    expect(
      await migrate(store.client, [
        ...readMigrations(),
        { name: "0014_good", sql: "CREATE TABLE good (a Int8) ENGINE = Memory", hash: "h" },
      ]),
    ).toEqual(["0014_good"]);
  });

  it("are numbered without a gap", () => {
    const dir = mkdtempSync(join(tmpdir(), "balise-migrations-"));
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, "0001_a.sql"), "");
    writeFileSync(join(dir, "0003_b.sql"), "");
    expect(() => readMigrations(pathToFileURL(`${dir}/`))).toThrow(/number 2 is missing/);
    rmSync(dir, { recursive: true, force: true });
  });
});

describe("retention", () => {
  const ttl = async (): Promise<boolean> => {
    const result = await store.client.query({
      query:
        "SELECT create_table_query AS sql FROM system.tables WHERE database = currentDatabase() AND name = 'events'",
      format: "JSONEachRow",
    });
    return ((await result.json<{ sql: string }>())[0]?.sql ?? "").includes(
      "TTL toDateTime(occurred_at) + toIntervalDay(400)",
    );
  };

  it("is a TTL of the tables, put in place, kept and taken away by the setting", async () => {
    await applyRetention(store.client, 400);
    expect(await ttl()).toBe(true);
    await applyRetention(store.client, 400);
    expect(await ttl()).toBe(true);
    await applyRetention(store.client, 0);
    expect(await ttl()).toBe(false);
  });
});
