import { existsSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "../config.js";
import { type KeyKind, loadKeys } from "../sites.js";

const VARIABLES: Record<KeyKind, string> = {
  writeKey: "BALISE_WRITE_KEY",
  secretKey: "BALISE_SECRET_KEY",
  readKey: "BALISE_READ_KEY",
};

/** The key a command uses: given, from the environment, or from the data directory. */
export function keyFor(kind: KeyKind, given: string | undefined): string {
  const set = given ?? process.env[VARIABLES[kind]];
  if (set !== undefined && set !== "") return set;
  const dataDir = process.env["BALISE_DATA_DIR"] ?? "./.balise";
  if (existsSync(join(dataDir, "keys.json"))) return loadKeys(dataDir)[kind];
  throw new StartError(`no key: give --key, set ${VARIABLES[kind]}, or run where ${dataDir} is`);
}
