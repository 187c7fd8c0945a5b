import { listOf, type SharedOptions, sharedParameters } from "./shared-options.js";

/** What `balise funnel` was asked, as the options came from the command line. */
export interface FunnelOptions extends SharedOptions {
  /** The command line makes numbers of what looks like one. */
  window: string | number;
  by: string;
  order: string;
  exclude?: string | number | (string | number)[];
  optional?: string | number | (string | number)[];
  goalValue?: boolean;
}

const ORDERS = ["ordered", "strict", "unordered"];
const UNITS = ["person", "session", "account"];

/**
 * The parameters of the question `funnel`.
 * @throws Error that quotes what does not fit and says what would.
 */
export function funnelParameters(
  steps: readonly (string | number)[],
  options: FunnelOptions,
): Record<string, unknown> {
  const optional = optionalSteps(listOf(options.optional), steps.length);
  const exclude = listOf(options.exclude).map(exclusion);
  return {
    steps: steps.map((step, index) => {
      const events = eventsOf(String(step));
      return optional.has(index + 1) ? { event: events, optional: true } : events;
    }),
    windowSeconds: secondsOf(options.window),
    by: oneOf("--by", options.by, UNITS),
    order: oneOf("--order", options.order, ORDERS),
    ...(exclude.length === 0 ? {} : { exclude }),
    ...sharedParameters(options),
    ...(options.goalValue === true ? { goalValue: true } : {}),
  };
}

const eventsOf = (text: string): string | string[] => (text.includes("|") ? text.split("|") : text);

function oneOf(option: string, given: string, allowed: readonly string[]): string {
  if (allowed.includes(given)) return given;
  throw new Error(`${option} ${given} is none of ${allowed.join(", ")}`);
}

/** `2` or `2,4`. */
function optionalSteps(given: readonly string[], count: number): Set<number> {
  const numbers = given.flatMap((text) => text.split(",")).map((text) => text.trim());
  for (const text of numbers) {
    if (!/^\d+$/.test(text) || Number(text) < 1 || Number(text) > count)
      throw new Error(
        `--optional ${text} is not the number of a step: write numbers from 2 to ${count}, such as 2 or 2,3`,
      );
  }
  return new Set(numbers.map(Number));
}

/** `refunded`, `a|b`, or `refunded@2-3`: between steps 2 and 3. */
function exclusion(text: string): unknown {
  const [, events, from, to] = /^(.+)@(\d+)-(\d+)$/.exec(text) ?? [];
  if (events === undefined) return eventsOf(text);
  return { event: eventsOf(events), between: [Number(from), Number(to)] };
}

const SECONDS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `90s`, `30m`, `12h`, `7d`, `2w`. */
export function secondsOf(duration: string | number): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(String(duration)) ?? [];
  const factor = SECONDS[unit ?? ""];
  if (number === undefined || factor === undefined) {
    throw new Error(`--window ${duration} is not a duration: write 90s, 30m, 12h, 7d or 2w`);
  }
  return Number(number) * factor;
}
