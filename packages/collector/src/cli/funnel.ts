import { askCollector } from "./ask.js";
import { keyFor } from "./keys.js";
import { formatTable } from "./table.js";

export interface FunnelOptions {
  /** The command line makes numbers of what looks like one. */
  window: string | number;
  from?: string | number;
  to?: string | number;
  by: string;
  breakdown?: string;
  json?: boolean;
  url: string;
  key?: string;
}

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `balise funnel page_view quote_asked subscribed --window 7d`. */
export async function runFunnel(steps: string[], options: FunnelOptions): Promise<number> {
  const answer = await askCollector(
    "funnel",
    {
      steps: steps.map((step) => (step.includes("|") ? step.split("|") : step)),
      windowSeconds: secondsOf(options.window),
      by: options.by,
      ...(options.from === undefined ? {} : { from: String(options.from) }),
      ...(options.to === undefined ? {} : { to: String(options.to) }),
      ...(options.breakdown === undefined ? {} : { breakdown: options.breakdown }),
    },
    { url: options.url, key: keyFor("readKey", options.key) },
  );
  if (options.json === true) console.log(JSON.stringify(answer.rows, null, 2));
  else {
    console.log(formatTable(answer.rows));
    console.log(
      `\nlow, high: 95 % interval (Wilson) of shareOfFirst · ${answer.meta.elapsedMs} ms`,
    );
  }
  return 0;
}

/** Seconds of `90s`, `30m`, `12h`, `7d`, `2w`. */
export function secondsOf(duration: string | number): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(String(duration)) ?? [];
  const factor = UNITS[unit ?? ""];
  if (number === undefined || factor === undefined) {
    throw new Error(`--window ${duration} is not a duration: write 90s, 30m, 12h, 7d or 2w`);
  }
  return Number(number) * factor;
}
