import { sqlFile, statementOf } from "./sql-file.js";
import { render } from "./template.js";

/** Which device belongs to whom, as a SELECT; `site` is a condition on `site_id`. */
export function knownDevicesSql(site: string): string {
  return render(statementOf(sqlFile("parts/known_devices")), { site });
}

/**
 * The person behind a `person_key`, beside a LEFT JOIN of the known devices as `known`: the user of
 * the device, else the key itself. Right with and without `join_use_nulls`.
 */
export function personSql(key: string): string {
  return `ifNull(nullIf(known.person, 0), ${key})`;
}
