import { afterAll, beforeAll, expect, it } from "vitest";
import { openTestStore, type TestStore } from "../testing/store.js";
import { readMigrations } from "./migrate.js";
import { checkMigrations, checkParts, checkRejected } from "./state.js";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.close());

it("tells migrations that are pending, edited, or of a newer version", async () => {
  const all = readMigrations();
  const next = { name: "9999_next", sql: "SELECT 1", hash: "h" };
  const edited = all.map((migration, place) =>
    place === 1 ? { ...migration, hash: "other" } : migration,
  );
  expect(await checkMigrations(store.client)).toMatchObject({ level: "ok" });
  expect(await checkMigrations(store.client, [...all, next])).toMatchObject({
    level: "warning",
    is: "pending: 9999_next",
  });
  expect(await checkMigrations(store.client, edited)).toMatchObject({
    level: "failure",
    is: "edited after they had been applied: 0002_feedback",
  });
  expect(await checkMigrations(store.client, all.slice(0, -1))).toMatchObject({
    level: "failure",
    is: `applied by a newer version: ${all.at(-1)?.name}`,
  });
});

it("tells how many parts a partition has, and warns before inserts are delayed", async () => {
  expect(await checkParts(store.client)).toMatchObject({ level: "ok" });
  expect(await checkParts(store.client, 0)).toMatchObject({ level: "warning" });
});

it("tells what was refused in the last day, by reason", async () => {
  expect(await checkRejected(store.client)).toMatchObject({ level: "ok" });
  const row = { site_id: "shop", received_at: Date.now(), code: "invalid_event" };
  const old = { ...row, received_at: Date.now() - 2 * 86_400_000, code: "older" };
  await store.client.insert({
    table: "rejected_events",
    values: [row, row, old],
    format: "JSONEachRow",
  });
  expect(await checkRejected(store.client)).toMatchObject({
    level: "warning",
    is: "in the last day: 2 invalid_event",
  });
});
