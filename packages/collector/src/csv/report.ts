import { printable } from "../printable.js";

/** Messages kept for each code: the first ones tell what is wrong. */
const KEPT = 3;

/** What became of a file's events. */
export interface Report {
  accepted: number;
  rejected: number;
  byCode: Map<string, { count: number; first: { line: number; message: string }[] }>;
}

export function createReport(): Report {
  return { accepted: 0, rejected: 0, byCode: new Map() };
}

export function addRejection(report: Report, code: string, line: number, message: string): void {
  report.rejected++;
  const refusals = report.byCode.get(code) ?? { count: 0, first: [] };
  refusals.count++;
  if (refusals.first.length < KEPT) refusals.first.push({ line, message });
  report.byCode.set(code, refusals);
}

/** The report as lines for people: counts, then each code with its first messages. */
export function reportLines(report: Report): string[] {
  const lines = [`${number(report.accepted)} accepted, ${number(report.rejected)} rejected`];
  const codes = [...report.byCode].toSorted(([, a], [, b]) => b.count - a.count);
  for (const [code, { count, first }] of codes) {
    lines.push(`  ${code}: ${number(count)}`);
    for (const { line, message } of first.toSorted((a, b) => a.line - b.line)) {
      lines.push(`    line ${line}: ${printable(message)}`);
    }
    if (count > first.length) lines.push(`    and ${number(count - first.length)} more`);
  }
  return lines;
}

function number(value: number): string {
  return value.toLocaleString("en");
}
