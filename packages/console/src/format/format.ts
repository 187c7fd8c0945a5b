/** Numbers, shares, times as a reader of one language writes them. */
export interface Format {
  number: (value: number) => string;
  /** Short form for axes and small places: 12.3K. */
  compact: (value: number) => string;
  /** A share of 0 to 1 as a percentage; null has no value and becomes a dash. */
  percent: (share: number | null) => string;
  /** A length of time with its two largest units; null becomes a dash. */
  duration: (seconds: number | null) => string;
  /** The calendar day of an ISO date, in UTC. */
  day: (iso: string) => string;
  /** Day and time in the reader's time zone. */
  dateTime: (iso: string) => string;
  /** Time of day with seconds in the reader's time zone. */
  time: (iso: string) => string;
  /** Hour and minute in the reader's time zone. */
  hour: (iso: string) => string;
  money: (value: number, currency: string) => string;
}

const NONE = "–";
const UNITS = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

export function createFormat(locale: string, timeZone?: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const fine = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 3 });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" });
  const zone = timeZone === undefined ? {} : { timeZone };
  const dateTime = new Intl.DateTimeFormat(locale, {
    dateStyle: "medium",
    timeStyle: "medium",
    ...zone,
  });
  const time = new Intl.DateTimeFormat(locale, { timeStyle: "medium", ...zone });
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: "short", ...zone });
  const unit = (value: number, name: string, digits: number): string =>
    new Intl.NumberFormat(locale, {
      style: "unit",
      unit: name,
      unitDisplay: "narrow",
      maximumFractionDigits: digits,
    }).format(value);

  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent(share) {
      if (share === null) return NONE;
      // One decimal would call 99.96 % "100 %" and 0.04 % "0 %": neither is true.
      const edge = (share > 0 && share < 0.001) || (share < 1 && share > 0.999);
      return (edge ? fine : percent).format(share);
    },
    duration(seconds) {
      if (seconds === null) return NONE;
      if (seconds < 10) return unit(seconds, "second", 1);
      let rest = Math.round(seconds);
      const at = UNITS.findIndex(([, size]) => rest >= size);
      const parts: string[] = [];
      for (const [name, size] of UNITS.slice(at, at + 2)) {
        const count = Math.floor(rest / size);
        rest -= count * size;
        if (count > 0) parts.push(unit(count, name, 0));
      }
      return parts.join(" ");
    },
    day: (iso) => formatted(day, iso),
    dateTime: (iso) => formatted(dateTime, iso),
    time: (iso) => formatted(time, iso),
    hour: (iso) => formatted(hour, iso),
    money(value, currency) {
      if (!/^[A-Z]{3}$/.test(currency)) return number.format(value);
      return new Intl.NumberFormat(locale, { style: "currency", currency }).format(value);
    },
  };
}

function formatted(format: Intl.DateTimeFormat, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : format.format(date);
}
