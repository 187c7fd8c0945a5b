import { type Change, changeOf, type Side, sizeOfShare } from "./change.js";
import type { Rule } from "./rules.js";

/** Asks a question for one site: the collector by itself, the command line over HTTP. */
export type AskRows = (
  question: string,
  input: Record<string, unknown>,
) => Promise<readonly Record<string, unknown>[]>;

export interface Window {
  /** Epoch milliseconds, included. */
  from: number;
  /** Epoch milliseconds, not included. */
  to: number;
}

/** What a rule says at a moment. */
export interface Verdict {
  window: Window;
  baseline: Window;
  later: Side;
  earlier: Side;
  change: Change;
  fires: boolean;
}

/** The two windows of a rule at a moment. */
export function windowsOf(rule: Rule, at: number): { window: Window; baseline: Window } {
  const to = at - rule.delay;
  const from = to - rule.window;
  const end = from - rule.lag;
  return { window: { from, to }, baseline: { from: end - rule.baseline, to: end } };
}

/** @returns undefined where a window has no value, or too few to say anything. */
export async function judge(rule: Rule, at: number, ask: AskRows): Promise<Verdict | undefined> {
  const { window, baseline } = windowsOf(rule, at);
  const later = await sideOf(rule, window, ask);
  const earlier = await sideOf(rule, baseline, ask);
  if (later === undefined || earlier === undefined) return undefined;
  const scale = rule.window / rule.baseline;
  const size =
    rule.kind === "count"
      ? Math.max(later.value, earlier.value * scale)
      : Math.min(later.n, earlier.n);
  if (size < rule.minimum) return undefined;
  const change = changeOf(rule.kind, later, earlier, { confidence: rule.confidence, scale });
  const up = rule.direction !== "down" && change.low > rule.by;
  const down = rule.direction !== "up" && change.high < -rule.by;
  return { window, baseline, later, earlier, change, fires: up || down };
}

async function sideOf(rule: Rule, { from, to }: Window, ask: AskRows): Promise<Side | undefined> {
  const rows = await ask(rule.question, {
    ...rule.parameters,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  const chosen = Object.entries(rule.row ?? {});
  const row = rows.find((one) =>
    chosen.every(([key, value]) => String(one[key]) === String(value)),
  );
  const number = (name: string | undefined): number | undefined => {
    const value = name === undefined ? undefined : row?.[name];
    return typeof value === "number" ? value : undefined;
  };
  const { column, low, high, n } = rule.column;
  const value = number(column.name);
  // Nothing counted is a row that is not there.
  if (rule.kind === "count") return { value: value ?? 0, n: value ?? 0 };
  const [lowest, highest] = [number(low), number(high)];
  if (value === undefined || lowest === undefined || highest === undefined) return undefined;
  return {
    value,
    low: lowest,
    high: highest,
    n: number(n) ?? sizeOfShare(value, lowest, highest),
  };
}

/** Whether a rule that was told at `last` may be told again. */
export const hasCooled = ({ coolDown }: Rule, last: number | undefined, at: number): boolean =>
  last === undefined || at - last >= coolDown;
