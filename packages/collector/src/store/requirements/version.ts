import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok } from "../../finding.js";
import { rowsOf } from "../rows.js";

/** The first version in which the JSON type is ready for production. */
const OLDEST = "25.3";

/** The version, as the floor of everything else. */
export async function checkVersion(client: ClickHouseClient, oldest = OLDEST): Promise<Finding[]> {
  const [row] = await rowsOf<{ version: string }>(client, "SELECT version() AS version");
  const version = row?.version ?? "";
  const check = "ClickHouse version";
  return isBefore(version, oldest)
    ? [
        failure(
          check,
          version,
          `upgrade ClickHouse to ${oldest} or newer: older ones lack the JSON type`,
        ),
      ]
    : [ok(check, version)];
}

function isBefore(version: string, oldest: string): boolean {
  const [year = 0, month = 0] = version.split(".").map(Number);
  const [oldestYear = 0, oldestMonth = 0] = oldest.split(".").map(Number);
  return year < oldestYear || (year === oldestYear && month < oldestMonth);
}
