import { expect } from "vitest";
import { accepted, sql } from "../support/ask.js";
import type { Collector } from "../support/collector.js";
import { makeEvent } from "../support/events.js";

const PATIENCE = { timeout: 20_000, interval: 200 };

/** Waits until all that the collector has accepted before is in the table: it inserts in order. */
export async function allInserted(collector: Collector): Promise<void> {
  const marker = makeEvent({ name: "marker" });
  await accepted(collector, [marker]);
  const found = (): Promise<object[]> =>
    sql(collector, `SELECT name FROM events WHERE id = '${marker.id}'`);
  await expect.poll(found, PATIENCE).toHaveLength(1);
}
