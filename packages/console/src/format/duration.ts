const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** A length of time with its two largest units; below ten seconds, with a decimal; below one, in milliseconds. */
export function durationText(
  locale: string,
  seconds: number,
  unitDisplay: "narrow" | "short" | "long",
): string {
  const unit = (value: number, name: string, digits: number): string =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay,
      maximumFractionDigits: digits,
    }).format(value);
  if (seconds > 0 && seconds < 0.9995) {
    return unit(Math.max(1, Math.round(seconds * 1000)), "millisecond", 0);
  }
  if (seconds < 9.95) return unit(seconds, "second", 1);
  let rest = Math.round(seconds);
  const largest = UNITS.findIndex(([, size]) => rest >= size);
  const parts: string[] = [];
  for (const [name, size] of UNITS.slice(largest, largest + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(unit(count, name, 0));
  }
  return parts.join(" ");
}
