export const UNIT_SECONDS = { minutes: 60, hours: 3600, days: 86_400 } as const;
export type LengthUnit = keyof typeof UNIT_SECONDS;

/** A length of time in the largest unit that divides it; what is shorter rounds up to a minute. */
export function splitLength(seconds: number): { count: number; unit: LengthUnit } {
  if (seconds % UNIT_SECONDS.days === 0)
    return { count: seconds / UNIT_SECONDS.days, unit: "days" };
  if (seconds % UNIT_SECONDS.hours === 0) {
    return { count: seconds / UNIT_SECONDS.hours, unit: "hours" };
  }
  return { count: Math.ceil(seconds / UNIT_SECONDS.minutes), unit: "minutes" };
}
