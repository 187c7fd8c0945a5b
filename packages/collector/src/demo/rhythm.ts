import type { Random } from "./random.js";

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;

/** Visits by weekday, from Sunday on: people shop on Sunday evening and Monday, less on Friday. */
const WEEKDAYS = [1.22, 1.12, 1.02, 1, 0.98, 0.84, 0.9] as const;

/** Visits by hour of the day, in UTC: quiet nights, a bump at lunch, most in the evening. */
const HOURS = [
  { hour: 0, weight: 1.2 },
  ...[0.7, 0.4, 0.3, 0.4, 0.9, 1.9, 3.2, 4.3, 4.9, 5.2, 6.1, 5.6, 4.9, 4.8, 5, 5.4, 6.2, 7.4, 8.3]
    .concat([7.9, 6.1, 4, 2.2])
    .map((weight, place) => ({ hour: place + 1, weight })),
] as const;

/** The days that the demo covers, as whole days in UTC. */
export interface Period {
  /** Epoch milliseconds of the first midnight. */
  start: number;
  /** The midnight after the last day. */
  end: number;
}

/** The `days` days that end with the day of `now`. */
export function periodUntil(now: number, days: number): Period {
  const end = (Math.floor(now / DAY) + 1) * DAY;
  return { start: end - days * DAY, end };
}

/** A moment of the period, as visits are spread over the week and the day. */
export function momentIn(period: Period, random: Random): number {
  const heaviest = Math.max(...WEEKDAYS);
  for (;;) {
    const day = period.start + random.whole(0, (period.end - period.start) / DAY - 1) * DAY;
    const weight = WEEKDAYS[new Date(day).getUTCDay()] ?? 1;
    if (random.chance(weight / heaviest)) return momentOn(day, random);
  }
}

/** A moment of the day that starts at `midnight`. */
export function momentOn(midnight: number, random: Random): number {
  return midnight + random.weighted(HOURS).hour * HOUR + random.whole(0, HOUR - 1);
}
