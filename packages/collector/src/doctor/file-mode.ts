import { statSync } from "node:fs";
import { failure, type Finding, warning } from "../finding.js";

const octal = (bits: number): string => (bits & 0o777).toString(8);

/** Whether others than the owner may read what is secret; nothing to tell where they may not. */
export function checkMode(check: string, path: string, wanted: number): Finding[] {
  if (process.platform === "win32") return [];
  const { mode, uid } = statSync(path);
  const findings: Finding[] = [];
  if ((mode & 0o077) !== 0) {
    const todo = `chmod ${octal(wanted)} ${path}`;
    findings.push(failure(check, `${path} has mode ${octal(mode)}: others may read it`, todo));
  }
  const us = process.getuid?.();
  if (us !== undefined && us !== 0 && uid !== us) {
    const todo = `chown it to the user that runs the collector, or run this command as that user`;
    findings.push(warning(check, `${path} belongs to user ${uid}, this is user ${us}`, todo));
  }
  return findings;
}
