import { examine } from "../doctor/doctor.js";
import type { Finding } from "../finding.js";
import { printable } from "../printable.js";

export interface DoctorOptions {
  json?: boolean;
  open?: boolean;
}

const SIGNS = { ok: "✓", warning: "!", failure: "✗" } as const;

/** `balise doctor`. @returns 1 when something keeps the collector from its work, else 0. */
export async function runDoctor({ json, open }: DoctorOptions): Promise<number> {
  const findings = await examine({ env: process.env, open: open === true });
  const sound = findings.every(({ level }) => level !== "failure");
  if (json === true) console.log(JSON.stringify({ ok: sound, findings }, null, 2));
  else for (const finding of findings) console.log(lineOf(finding));
  return sound ? 0 : 1;
}

function lineOf({ level, check, is, todo }: Finding): string {
  const line = `${SIGNS[level]} ${check}: ${printable(is)}`;
  return todo === undefined ? line : `${line}\n    → ${printable(todo)}`;
}
