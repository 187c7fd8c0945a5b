import { z } from "zod";

const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
};

const LONGEST = 400 * 86_400_000;

/** Milliseconds of `90s`, `30m`, `12h`, `7d` or `2w`; NaN for what is none. */
export function millisecondsOf(text: string): number {
  const [, number, unit = ""] = /^(\d{1,6})([smhdw])$/.exec(text) ?? [];
  return Number(number ?? Number.NaN) * (UNITS[unit] ?? Number.NaN);
}

/** A text such as `7d`, of at least `least` milliseconds, as milliseconds. */
export function durationFrom(least: number) {
  return z
    .string()
    .refine((text) => millisecondsOf(text) >= least && millisecondsOf(text) <= LONGEST, {
      error: ({ input }) =>
        `${JSON.stringify(input)} is no duration from ${least / 1000} seconds to 400 days: write 30m, 12h, 7d or 2w`,
    })
    .transform(millisecondsOf);
}
