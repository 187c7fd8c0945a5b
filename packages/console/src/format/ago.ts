const UNITS = [
  ["year", 365.25 * 86_400],
  ["month", 30.44 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** How long before `now` a moment was, in whole numbers of the largest unit that fits. */
export function agoText(locale: string, iso: string, now: number): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (Number.isNaN(seconds)) return iso;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "always" });
  const [unit, size] = UNITS.find((candidate) => seconds >= candidate[1]) ?? ["second", 1];
  return format.format(-Math.floor(seconds / size), unit);
}
