import type { Outcome } from "./round.js";

const number = (value: number): string => value.toLocaleString("en");

/** What was done and what became of it, as a table. */
export function reportOf(outcome: Outcome): string {
  const { plan, tally } = outcome;
  const lines = [
    "",
    `round ${plan.topology}, seed ${plan.seed}`,
    "",
    ...rows(
      [...outcome.faults.done].map(([name, times]) => [name, number(times)]),
      ["fault", "times"],
    ),
    "",
    ...rows(factsOf(outcome), ["", ""]),
    "",
    ...rows(
      outcome.tables.map((table) => [
        table.table,
        ...[table.promised, table.stored, table.lost, table.strange, table.twice, table.copies].map(
          number,
        ),
      ]),
      ["table", "acknowledged", "stored", "lost", "strange", "twice", "copies sent again"],
    ),
    "",
    ...outcome.answers.map(
      ({ question, product, ledger }) =>
        `${question}: ${product === ledger ? `${product}, as in the ledger` : `${product}, ledger ${ledger}`}`,
    ),
    "",
    ...refusalsOf(tally.refused),
    ...startsOf(outcome),
    ...(outcome.complaints.length === 0
      ? ["verdict: all that was acknowledged is stored, once, and nothing else"]
      : ["verdict: FAILED", ...outcome.complaints.slice(0, 20).map((line) => `  ${line}`)]),
  ];
  return lines.join("\n");
}

function factsOf({ acknowledged, faults, made, probes, spoilt, stations, tally }: Outcome) {
  const sum = (of: (station: Outcome["stations"][number]) => number): number =>
    stations.reduce((total, station) => total + of(station), 0);
  const spoiltCount = [...spoilt.values()].reduce((total, times) => total + times, 0);
  return [
    ["kills", faults.kills],
    ["events made", made],
    ["events acknowledged", acknowledged],
    ["requests", tally.requests],
    ["requests without an answer", tally.unanswered],
    ["sent again because of that or of a 503", tally.sentAgain],
    ["given up", tally.abandoned],
    ["acknowledged and sent once more", tally.repeated],
    ["pieces spoilt on the way to ClickHouse", spoiltCount],
    ["failed syncs", sum(({ syncFailures }) => syncFailures)],
    ["failed writes", sum(({ writeFailures }) => writeFailures)],
    ["unsynced things undone by power cuts", sum(({ undone }) => undone)],
    ["starts of collectors", sum(({ starts }) => starts)],
    ["answers of /v1/health/live", probes.reduce((total, { answers }) => total + answers, 0)],
    [
      "most MB resident of a collector",
      Math.max(...stations.map(({ peakBytes }) => peakBytes)) / 1e6,
    ],
  ].map(([name, value]) => [String(name), number(Math.round(Number(value)))]);
}

function refusalsOf(refused: ReadonlyMap<string, number>): string[] {
  if (refused.size === 0) return [];
  const texts = [...refused].map(([code, times]) => `${code} ${number(times)}`);
  return [`refused: ${texts.join(", ")}`, ""];
}

function startsOf({ stations }: Outcome): string[] {
  const failed = stations.flatMap(({ failedStarts }) => failedStarts);
  if (failed.length === 0) return [];
  return [`starts that failed and were tried again: ${failed.length}`, `  ${failed[0]}`, ""];
}

function rows(table: readonly (readonly string[])[], head: readonly string[]): string[] {
  const all = head.some((name) => name !== "") ? [head, ...table] : table;
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  "),
  );
}
