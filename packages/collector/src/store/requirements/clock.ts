import type { ClickHouseClient } from "@clickhouse/client";
import { type Finding, ok, warning } from "../../finding.js";
import { rowsOf } from "../rows.js";

/** Milliseconds between two clocks past which periods and "now" are visibly wrong. */
const TOLERANCE = 5000;

/** Compares ClickHouse's clock with ours, as of the middle of the question. */
export async function checkStoreClock(
  client: ClickHouseClient,
  now: () => number = Date.now,
): Promise<Finding[]> {
  const before = now();
  const [row] = await rowsOf<{ ms: string }>(
    client,
    "SELECT toUnixTimestamp64Milli(now64(3)) AS ms",
  );
  return [compareClocks("clock of ClickHouse", Number(row?.ms), (before + now()) / 2)];
}

/** A finding about two clocks, both in epoch milliseconds. */
export function compareClocks(check: string, theirs: number, ours: number): Finding {
  const difference = Math.round(theirs - ours);
  const is = `${Math.abs(difference / 1000).toFixed(1)} s ${difference < 0 ? "behind" : "ahead of"} ours`;
  return Math.abs(difference) <= TOLERANCE
    ? ok(check, is)
    : warning(check, is, "run a time service (NTP) on both machines: periods would be shifted");
}
