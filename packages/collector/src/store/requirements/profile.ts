import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok } from "../../finding.js";
import { INSERT_SETTINGS } from "../insert.js";
import { rowsOf } from "../rows.js";

interface SettingRow {
  name: string;
  value: string;
  readonly: number;
  min: string | null;
  max: string | null;
}

/** Whether our user may write, and may set what the drain sets for every insert. */
export async function checkProfile(
  client: ClickHouseClient,
  wanted: Readonly<Record<string, string | number>> = INSERT_SETTINGS,
): Promise<Finding[]> {
  const rows = await rowsOf<SettingRow>(
    client,
    `SELECT name, value, toUInt8(readonly) AS readonly, min, max FROM system.settings
     WHERE name IN {names:Array(String)}`,
    { names: ["readonly", "allow_ddl", ...Object.keys(wanted)] },
  );
  const value = (name: string): string | undefined => rows.find((row) => row.name === name)?.value;
  const check = "profile of our user";
  if (value("readonly") !== "0") {
    return [
      failure(
        check,
        `readonly = ${value("readonly")}`,
        "give our ClickHouse user a profile with readonly = 0",
      ),
    ];
  }
  const findings = rows
    .filter((row) => row.name in wanted && isRefused(row, String(wanted[row.name])))
    .map(({ name }) =>
      failure(
        check,
        `${name} is constrained`,
        `allow ${name} = ${wanted[name]} in the constraints of our ClickHouse user: every insert sets it`,
      ),
    );
  if (value("allow_ddl") === "0") {
    findings.push(
      failure(
        check,
        "allow_ddl = 0",
        "set allow_ddl = 1 in it: tables and views are made at the start",
      ),
    );
  }
  return findings.length > 0 ? findings : [ok(check, "may write")];
}

/** Whether a constraint keeps the setting from the wanted value. */
export function isRefused(row: SettingRow, wanted: string): boolean {
  if (row.value === wanted) return false;
  if (row.readonly === 1) return true;
  const number = Number(wanted);
  return (
    (row.min !== null && number < Number(row.min)) || (row.max !== null && number > Number(row.max))
  );
}
