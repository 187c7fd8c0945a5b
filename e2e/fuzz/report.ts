import type { Outcome } from "./round.js";
import { inMb } from "./verdict.js";

const number = (value: number): string => value.toLocaleString("en");

/** What was sent and what became of it, as tables. */
export function reportOf({ plan, tally, readings, acknowledged, stored }: Outcome): string {
  const { start, middle, end } = readings;
  return [
    `seed ${plan.seed}, ${number(tally.total)} inputs`,
    "",
    ...columns("kind", "inputs", tally.inputs),
    "",
    ...columns("answer", "times", tally.statuses),
    "",
    `events acknowledged ${number(acknowledged)}, stored ${number(stored)}`,
    `resident at the start ${inMb(start.resident)}, middle ${inMb(middle.resident)}, end ${inMb(end.resident)}`,
    `living at the start ${inMb(start.living)}, middle ${inMb(middle.living)}, end ${inMb(end.living)}`,
    `descriptors at the start ${start.descriptors}, end ${end.descriptors}`,
    "",
    tally.failures === 0
      ? "verdict: nothing broke, and all that was acknowledged is stored, nothing else"
      : `verdict: FAILED, ${number(tally.failures)} complaints`,
    ...tally.complaints.map((line) => `  ${line}`),
  ].join("\n");
}

function columns(name: string, times: string, counted: ReadonlyMap<string, number>): string[] {
  const rows = [...counted].toSorted(([, one], [, other]) => other - one);
  const lines = [[name, times], ...rows.map(([what, count]) => [what, number(count)])];
  return lines.map(([what = "", count = ""]) => `${what.padEnd(22)}${count.padStart(9)}`);
}
