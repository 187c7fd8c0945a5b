import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok, warning } from "../../finding.js";
import { size } from "../../size.js";
import { rowsOf } from "../rows.js";

const GiB = 1024 ** 3;

/** Bytes under which merges of large parts begin to fail, and under which inserts soon do. */
const LOW: Limits = { warning: 10 * GiB, failure: GiB };

interface Limits {
  warning: number;
  failure: number;
}

/** Free space on ClickHouse's disks. */
export async function checkDisks(client: ClickHouseClient, limits = LOW): Promise<Finding[]> {
  const disks = await rowsOf<{ name: string; free: string }>(
    client,
    "SELECT name, toString(unreserved_space) AS free FROM system.disks WHERE type = 'Local' ORDER BY name",
  );
  return disks.map(({ name, free }) => {
    const check = `disk of ClickHouse (${name})`;
    const is = `${size(Number(free))} free`;
    const todo =
      "free some space, or set BALISE_RETENTION_DAYS: inserts and merges fail on a full disk";
    if (Number(free) < limits.failure) return failure(check, is, todo);
    return Number(free) < limits.warning ? warning(check, is, todo) : ok(check, is);
  });
}
