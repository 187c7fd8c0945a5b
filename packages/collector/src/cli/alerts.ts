import { existsSync } from "node:fs";
import { type Alert, alertOf } from "../alerts/alert.js";
import { millisecondsOf } from "../alerts/duration.js";
import { readRules, USUAL_RULES } from "../alerts/file.js";
import { type AskRows, hasCooled, judge } from "../alerts/judge.js";
import type { Rule } from "../alerts/rules.js";
import { StartError } from "../config.js";
import { momentOf } from "../query/period.js";
import { askCollector } from "./ask.js";
import { keyFor } from "./keys.js";
import { formatTable } from "./table.js";

export interface AlertsOptions {
  /** The file of the rules. */
  rules?: string;
  dryRun?: boolean;
  from?: string;
  to?: string;
  /** The command line makes numbers of what looks like one. */
  every: string | number;
  json?: boolean;
  url: string;
  /** The read key: it says the site. */
  key?: string;
}

const DAY = 86_400_000;

/** `balise alerts`: the rules of the file; with `--dry-run`, what they would have told. */
export async function runAlerts(options: AlertsOptions): Promise<number> {
  const rules = await readRules(rulesPath(options));
  const rows = options.dryRun === true ? await dryRun(rules, options) : rules.map(ruleLine);
  if (options.json === true) console.log(JSON.stringify(rows, null, 2));
  else if (rows.length === 0) console.log("no rule would have told anything");
  else console.log(formatTable(rows));
  return 0;
}

function rulesPath({ rules }: AlertsOptions): string {
  const path =
    rules ?? process.env["BALISE_ALERTS"] ?? (existsSync(USUAL_RULES) ? USUAL_RULES : undefined);
  if (path !== undefined && path !== "") return path;
  throw new StartError(`there is no ${USUAL_RULES} here: write one, or name it with --rules`);
}

const ruleLine = ({
  name,
  question,
  measure,
  direction,
  minimum,
  confidence,
}: Rule): Record<string, unknown> => ({
  rule: name,
  question,
  measure,
  direction,
  minimum,
  confidence,
});

/** Every rule at every moment of the period, as if the collector had asked it then. */
async function dryRun(
  rules: readonly Rule[],
  options: AlertsOptions,
): Promise<Record<string, unknown>[]> {
  const access = { url: options.url, key: keyFor("readKey", options.key) };
  const ask: AskRows = async (question, input) =>
    (await askCollector(question, input, access)).rows;
  const moments = momentsOf(options, Date.now());
  const told: Alert[] = [];
  for (const rule of rules) {
    let last: number | undefined;
    for (const at of moments) {
      if (!hasCooled(rule, last, at)) continue;
      const verdict = await judge(rule, at, ask);
      if (verdict?.fires !== true) continue;
      last = at;
      told.push(alertOf(rule, rule.site ?? "", at, verdict));
    }
  }
  return told.toSorted((a, b) => (a.timestamp < b.timestamp ? -1 : 1)).map(alertLine);
}

function alertLine({ timestamp, data }: Alert): Record<string, unknown> {
  const { rule, measure, value, n, baseline, baselineN, difference, low, high } = data;
  return { at: timestamp, rule, measure, value, n, baseline, baselineN, difference, low, high };
}

/** More than that is a slip: each costs two questions a rule. */
const MOST_MOMENTS = 20_000;

function momentsOf({ from, to, every }: AlertsOptions, now: number): number[] {
  const step = millisecondsOf(String(every));
  if (!(step > 0)) throw new Error(`--every ${every} is not a duration: write 30m, 1h or 1d`);
  const end = to === undefined ? now : readMoment("--to", to) + (/^[\d-]{10}$/.test(to) ? DAY : 0);
  const start = from === undefined ? end - 30 * DAY : readMoment("--from", from);
  if (start > end) throw new Error(`--to ${to} is before --from ${from}`);
  const count = Math.floor((end - start) / step) + 1;
  if (count > MOST_MOMENTS) {
    throw new Error(
      `--every ${every} makes ${count} moments of the period: at most ${MOST_MOMENTS}`,
    );
  }
  return Array.from({ length: count }, (_, n) => start + n * step);
}

function readMoment(option: string, text: string): number {
  const moment = momentOf(text);
  if (!Number.isNaN(moment)) return moment;
  throw new Error(`${option} ${text} is no ISO date or time, such as 2026-01-31`);
}
