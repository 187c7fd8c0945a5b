export const PRESET_DAYS = [7, 30, 90] as const;

/** The last days, today included; or a range of days, both included. Days are UTC. */
export type Period =
  | { kind: "last"; days: (typeof PRESET_DAYS)[number] }
  | { kind: "range"; from: string; to: string };

export interface Range {
  from: string;
  to: string;
}

const DAY = 86_400_000;

/** First and last day of the period, as plain dates. */
export function rangeOf(period: Period, now: number): Range {
  if (period.kind === "range") return { from: period.from, to: period.to };
  return { from: dayOf(now - (period.days - 1) * DAY), to: dayOf(now) };
}

/** The UTC calendar day of a moment. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** True for a day that exists, written as 2026-02-28. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && dayOf(time) === text;
}
