import { z } from "zod";
import { printable } from "../printable.js";

const number = z.number().nullable();
const rowSchema = z.object({
  step: z.number(),
  name: z.string(),
  people: z.number(),
  shareOfFirst: number,
  shareOfPrevious: number,
  low: number,
  high: number,
  medianSeconds: number,
  p90Seconds: number,
  peopleOther: z.number().optional(),
  shareOfFirstOther: number.optional(),
  shareOfFirstDifference: number.optional(),
  shareOfFirstDifferenceLow: number.optional(),
  shareOfFirstDifferenceHigh: number.optional(),
  goals: z
    .array(
      z.object({ currency: z.string(), people: z.number(), sum: z.number(), mean: z.number() }),
    )
    .optional(),
  group: z.string().optional(),
});

type Row = z.infer<typeof rowSchema>;

const BAR = 24;
const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** The answer of a funnel for a terminal: a bar for each step, and what is known of it in words. */
export function funnelTable(rows: readonly Record<string, unknown>[]): string {
  const parsed = rows.map((row) => rowSchema.parse(row));
  if (parsed.length === 0) return "nobody: no event of these steps in the period\n";
  const heads = headsOf(parsed);
  const lines = parsed.map((row) => heads.map(({ cell }) => cell(row)));
  const widths = heads.map(({ title }, place) =>
    Math.max(title.length, ...lines.map((line) => line[place]?.length ?? 0)),
  );
  const text = (cells: readonly string[]): string =>
    cells
      .map((cell, place) =>
        heads[place]?.left === true
          ? cell.padEnd(widths[place] ?? 0)
          : cell.padStart(widths[place] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const body = parsed.flatMap((row, place) => [
    ...(row.group !== undefined && row.step === 1 ? ["", groupTitle(row.group)] : []),
    text(lines[place] ?? []),
    ...(row.goals ?? []).map(({ currency, people, sum, mean }) =>
      `    ${decimal(sum)} ${currency} of ${count(people)}, ${decimal(mean)} each`.trimEnd(),
    ),
  ]);
  return [text(heads.map(({ title }) => title)), ...body, "", legend(parsed)].join("\n");
}

interface Head {
  title: string;
  left?: boolean;
  cell: (row: Row) => string;
}

function headsOf(rows: readonly Row[]): Head[] {
  const compared = rows.some((row) => row.peopleOther !== undefined);
  return [
    { title: "step", left: true, cell: ({ step, name }) => `${step} ${printable(name)}` },
    { title: "", left: true, cell: ({ shareOfFirst }) => bar(shareOfFirst) },
    { title: "people", cell: ({ people }) => count(people) },
    { title: "of first", cell: ({ shareOfFirst }) => percent(shareOfFirst) },
    { title: "95 %", cell: ({ low, high }) => range(low, high) },
    { title: "of previous", cell: ({ shareOfPrevious }) => percent(shareOfPrevious) },
    { title: "median", cell: ({ medianSeconds }) => duration(medianSeconds) },
    { title: "p90", cell: ({ p90Seconds }) => duration(p90Seconds) },
    ...(compared
      ? [
          { title: "other", cell: (row: Row) => count(row.peopleOther ?? 0) },
          { title: "of first", cell: (row: Row) => percent(row.shareOfFirstOther ?? null) },
          { title: "difference", cell: (row: Row) => signed(row.shareOfFirstDifference ?? null) },
          {
            title: "95 %",
            cell: (row: Row) =>
              row.shareOfFirstDifference === null
                ? "–"
                : `${signed(row.shareOfFirstDifferenceLow ?? null)} to ${signed(row.shareOfFirstDifferenceHigh ?? null)}`,
          },
        ]
      : []),
  ];
}

function legend(rows: readonly Row[]): string {
  const compared = rows.some((row) => row.peopleOther !== undefined);
  const difference = compared ? "; of the difference, in points: Newcombe's" : "";
  return `95 %: Wilson's interval of the share of the first step${difference} · times from the step before`;
}

const groupTitle = (group: string): string => (group === "" ? "(none)" : printable(group));

/** A bar in eighths of a character; anybody at all shows. */
function bar(share: number | null): string {
  const eighths = Math.max(
    share === null || share === 0 ? 0 : 1,
    Math.round((share ?? 0) * BAR * 8),
  );
  return "█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? "");
}

const count = (value: number): string => value.toLocaleString("en");
const decimal = (value: number): string =>
  value.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = (share: number | null): string =>
  share === null ? "–" : `${(share * 100).toFixed(1)} %`;
const range = (low: number | null, high: number | null): string =>
  low === null || high === null ? "–" : `${(low * 100).toFixed(1)}–${(high * 100).toFixed(1)}`;
const signed = (share: number | null): string =>
  share === null ? "–" : `${share < 0 ? "−" : "+"}${Math.abs(share * 100).toFixed(1)}`;

/** Two units at most: `450 ms`, `12 s`, `3 m 20 s`, `5 h 2 m`, `2 d 4 h`. */
function duration(seconds: number | null): string {
  if (seconds === null) return "–";
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  const whole = Math.round(seconds);
  const parts = [
    [Math.floor(whole / 86_400), "d"],
    [Math.floor(whole / 3600) % 24, "h"],
    [Math.floor(whole / 60) % 60, "m"],
    [whole % 60, "s"],
  ] as const;
  const first = parts.findIndex(([value]) => value > 0);
  return parts
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(" ");
}
