import { agoText } from "./ago.js";
import { durationText } from "./duration.js";

/** Numbers, shares, times as a reader of one language writes them. */
export interface Format {
  number: (value: number) => string;
  /** Short form for axes and small places: 12.3K. */
  compact: (value: number) => string;
  /** A share of 0 to 1 as a percentage; null has no value and becomes a dash. */
  percent: (share: number | null) => string;
  /** A length of time with its two largest units; null becomes a dash. */
  duration: (seconds: number | null) => string;
  /** The same of a difference, which may be negative. */
  signedDuration: (seconds: number) => string;
  /** Any measure: two decimals, or two digits where it is smaller than one. */
  measure: (value: number) => string;
  /** The same in words, for sentences: 7 days. */
  durationInFull: (seconds: number) => string;
  /** The calendar day of an ISO date, in UTC. */
  day: (iso: string) => string;
  /** Day and time in the reader's time zone. */
  dateTime: (iso: string) => string;
  /** Time of day with seconds in the reader's time zone. */
  time: (iso: string) => string;
  /** Hour and minute in the reader's time zone. */
  hour: (iso: string) => string;
  /** How long before `now`, in the largest unit that fits: 12 days ago. */
  ago: (iso: string, now: number) => string;
  money: (value: number, currency: string) => string;
}

const NONE = "–";

export function createFormat(locale: string, timeZone?: string): Format {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const small = new Intl.NumberFormat(locale, { maximumSignificantDigits: 2 });
  const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
  const percents = [0, 1, 3].map(
    (digits) =>
      new Intl.NumberFormat(locale, {
        style: "percent",
        minimumFractionDigits: Math.min(digits, 1),
        maximumFractionDigits: digits,
      }),
  );
  const zone = timeZone === undefined ? {} : { timeZone };
  const moment = (options: Intl.DateTimeFormatOptions): ((iso: string) => string) => {
    const format = new Intl.DateTimeFormat(locale, { ...zone, ...options });
    return (iso) => {
      const date = new Date(iso);
      return Number.isNaN(date.getTime()) ? iso : format.format(date);
    };
  };
  // "15m 4s" is usual in English; French sets a space before the unit, as its short form does.
  const narrow = locale.startsWith("fr") ? "short" : "narrow";

  return {
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (share) =>
      share === null ? NONE : (percents[digitsOf(share)]?.format(share) ?? NONE),
    duration: (seconds) => (seconds === null ? NONE : durationText(locale, seconds, narrow)),
    signedDuration: (seconds) =>
      seconds < 0
        ? `\u2212${durationText(locale, -seconds, narrow)}`
        : durationText(locale, seconds, narrow),
    measure: (value) => (Math.abs(value) < 1 ? small : number).format(value),
    durationInFull: (seconds) => durationText(locale, seconds, "long"),
    day: moment({ dateStyle: "medium", timeZone: "UTC" }),
    dateTime: moment({ dateStyle: "medium", timeStyle: "medium" }),
    time: moment({ timeStyle: "medium" }),
    hour: moment({ timeStyle: "short" }),
    ago: (iso, now) => agoText(locale, iso, now),
    money(value, currency) {
      if (!/^[A-Z]{3}$/.test(currency)) return number.format(value);
      return new Intl.NumberFormat(locale, { style: "currency", currency }).format(value);
    },
  };
}

/** Place in `percents`: one decimal would call 99.96 % "100 %" and 0.04 % "0 %": neither is true. */
function digitsOf(share: number): 0 | 1 | 2 {
  if (share === 0 || share === 1) return 0;
  return share < 0.001 || share > 0.999 ? 2 : 1;
}
