import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok } from "../../finding.js";
import { rowsOf } from "../rows.js";

const CHECK = "insert deduplication";

/**
 * Whether the profile of our user lets a token make a repeated insert harmless. Newer versions have
 * `deduplicate_insert`, which overrides `insert_deduplicate` unless it says `backward_compatible_choice`.
 */
export async function checkDeduplication(client: ClickHouseClient): Promise<Finding[]> {
  const rows = await rowsOf<{ name: string; value: string }>(
    client,
    "SELECT name, value FROM system.settings WHERE name IN ('insert_deduplicate', 'deduplicate_insert')",
  );
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  const mode = values.get("deduplicate_insert") ?? "backward_compatible_choice";
  if (mode === "disable") {
    return [
      failure(CHECK, "deduplicate_insert = 'disable'", remedy("deduplicate_insert = 'enable'")),
    ];
  }
  if (mode === "backward_compatible_choice" && values.get("insert_deduplicate") === "0") {
    return [failure(CHECK, "insert_deduplicate = 0", remedy("insert_deduplicate = 1"))];
  }
  return [ok(CHECK, "on")];
}

function remedy(setting: string): string {
  return `set ${setting} in the profile of our ClickHouse user: a repeated insert would count twice`;
}
