import { isInTime } from "./group-label.js";

const DAY = 86_400_000;

/**
 * What a day or a week has had of its time: `running` while its own days are not over, `young`
 * while its last people have had less than the window to convert, then `full`. Groups that are not
 * dates are `full`.
 * @param windowSeconds what a unit has to convert
 * @param end epoch milliseconds up to which events are counted
 */
export function maturityOf(
  name: string,
  breakdown: string,
  windowSeconds: number,
  end: number,
): "running" | "young" | "full" {
  const start = Date.parse(name);
  if (!isInTime(breakdown) || Number.isNaN(start)) return "full";
  const over = start + (breakdown === "week" ? 7 : 1) * DAY;
  if (over > end) return "running";
  return over + windowSeconds * 1000 > end ? "young" : "full";
}

/** The same for the name of a group of the funnel at hand. */
export type Maturity = (name: string) => ReturnType<typeof maturityOf>;

/** The moment up to which events are counted, in a period whose last day is `to`. */
export function endOf(to: string, now: number): number {
  return Math.min(now, Date.parse(to) + DAY);
}
