import { exception } from "../exception.js";

/** Limits of a reader's statement. A reader may ask for less, never for more. */
export const READER_LIMITS: ReadonlyMap<string, string> = new Map([
  ["max_execution_time", "60"],
  ["max_memory_usage", String(1024 ** 3)],
  ["max_result_rows", "1000000"],
  ["max_result_bytes", String(64 * 1024 ** 2)],
  ["max_rows_to_read", "5000000000"],
  ["max_temporary_data_on_disk_size_for_query", String(1024 ** 3)],
]);

/** Fixed for readers. `allow_introspection_functions` would show addresses, `allow_ddl` is a second lock. */
export const READER_FIXED: ReadonlyMap<string, string> = new Map([
  ["allow_ddl", "0"],
  ["allow_introspection_functions", "0"],
]);

/** How a result looks or reads. `output_format_schema` and its like name files, hence no prefix `output_format_`. */
const HARMLESS =
  /^(output_format_(json|csv|tsv|pretty|decimal|float)_\w+|date_time_(in|out)put_format|session_timezone|join_use_nulls|extremes)$/;

/**
 * The settings of a reader's request, checked.
 *
 * @throws ClickHouseException 164 for any setting that could widen what a reader may do
 */
export function readerSettings(wanted: ReadonlyMap<string, string>): Map<string, string> {
  const settings = new Map<string, string>();
  for (const [name, value] of wanted) {
    if (HARMLESS.test(name)) settings.set(name, value);
    else if (name === "readonly" && value !== "0") continue;
    else if (isTighter(READER_LIMITS.get(name), value)) settings.set(name, value);
    else throw exception("READONLY", `Cannot modify '${name}' setting in readonly mode.`);
  }
  return settings;
}

/** Zero means "no limit" in ClickHouse. */
function isTighter(limit: string | undefined, value: string): boolean {
  if (limit === undefined || !/^\d+$/.test(value)) return false;
  return Number(value) > 0 && Number(value) <= Number(limit);
}
