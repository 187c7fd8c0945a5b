import { accessSync, constants, existsSync, statSync } from "node:fs";
import { failure, type Finding, ok } from "../finding.js";
import { checkMode } from "./file-mode.js";

/** The data directory: a directory that this user may write and others may not read. */
export function checkDataDir(dataDir: string): Finding[] {
  const check = "data directory";
  if (!existsSync(dataDir)) return [ok(check, `${dataDir} is made at the first start`)];
  if (!statSync(dataDir).isDirectory()) {
    return [failure(check, `${dataDir} is not a directory`, "set BALISE_DATA_DIR to one")];
  }
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    const todo = "change its owner, or set BALISE_DATA_DIR";
    return [failure(check, `${dataDir} cannot be written`, todo)];
  }
  const findings = checkMode(check, dataDir, 0o700);
  return findings.length > 0 ? findings : [ok(check, dataDir)];
}
