import { readFileSync } from "node:fs";

/** The version of the collector, from its package.json. */
export function versionOf(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return String(Reflect.get(Object(JSON.parse(manifest)), "version"));
}
