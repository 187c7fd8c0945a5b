import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Finding, ok, warning } from "../finding.js";

/** Milliseconds after which a request that is not done hints at a ClickHouse that stays away. */
const LATE = 86_400_000;

/** Requests to erase somebody that are not done. */
export function checkErasures(dataDir: string, now: number = Date.now()): Finding {
  const check = "erasures";
  const folder = join(dataDir, "erasures");
  const files = listOf(folder).filter((file) => file.endsWith(".json"));
  if (files.length === 0) return ok(check, "none pending");
  const moments = files.map(
    (file) => statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? now,
  );
  const is = `${files.length} pending`;
  return now - Math.min(...moments) > LATE
    ? warning(
        check,
        `${is}, one for more than a day`,
        "start the collector, and look why ClickHouse does not carry it out",
      )
    : ok(check, is);
}

function listOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
