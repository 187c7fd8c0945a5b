import { createHash } from "node:crypto";
import { z } from "zod";
import type { Verdict, Window } from "./judge.js";
import type { Rule } from "./rules.js";

/** What is sent of an alert. */
export const alertSchema = z.object({
  /** The same for every try to send it, and after a crash. */
  id: z.string(),
  type: z.literal("balise.alert"),
  /** When it was noticed, ISO 8601. */
  timestamp: z.string(),
  data: z.object({
    site: z.string(),
    rule: z.string(),
    /** All of it in one line. */
    text: z.string(),
    question: z.string(),
    parameters: z.record(z.string(), z.unknown()),
    row: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    measure: z.string(),
    kind: z.string(),
    value: z.number(),
    n: z.number(),
    /** Of a count, of a time as long as the window. */
    baseline: z.number(),
    baselineN: z.number(),
    difference: z.number(),
    low: z.number(),
    high: z.number(),
    confidence: z.number(),
    window: z.object({ from: z.string(), to: z.string() }),
    baselineWindow: z.object({ from: z.string(), to: z.string() }),
  }),
});

export type Alert = z.infer<typeof alertSchema>;

export function alertOf(rule: Rule, site: string, at: number, verdict: Verdict): Alert {
  const { later, earlier, change } = verdict;
  const baseline =
    rule.kind === "count" ? (earlier.value * rule.window) / rule.baseline : earlier.value;
  const data = {
    site,
    rule: rule.name,
    question: rule.question,
    parameters: rule.parameters,
    ...(rule.row !== undefined && { row: rule.row }),
    measure: rule.measure,
    kind: rule.kind,
    value: later.value,
    n: later.n,
    baseline,
    baselineN: earlier.n,
    ...change,
    confidence: rule.confidence,
    window: iso(verdict.window),
    baselineWindow: iso(verdict.baseline),
  };
  return {
    id: idOf(site, rule.name, at),
    type: "balise.alert",
    timestamp: new Date(at).toISOString(),
    data: { ...data, text: textOf(data) },
  };
}

const iso = ({ from, to }: Window): { from: string; to: string } => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
});

function idOf(site: string, rule: string, at: number): string {
  const text = JSON.stringify([site, rule, at]);
  return `alert_${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
}

const number = (value: number): string => String(Number(value.toPrecision(4)));

function textOf(data: Omit<Alert["data"], "text">): string {
  const { site, rule, measure, value, n, baseline, baselineN, difference, low, high } = data;
  return `${rule} (${site}): ${measure} is ${number(value)} (n ${n}) after ${number(baseline)} (n ${baselineN}): ${difference > 0 ? "+" : ""}${number(difference)}, between ${number(low)} and ${number(high)}`;
}
