import type { FunnelRow, Queries, WireStep } from "../api/types.js";
import type { ShopEvent, Visitor } from "./shop.js";
import { wilson } from "../funnel/wilson.js";

const DAY = 86_400_000;
const isoDay = (time: number): string => new Date(time).toISOString().slice(0, 10);

type Parameters = Queries["funnel"]["parameters"];

/** Answers a funnel over the shop: the first passage of each visitor, step after step. */
export function answerFunnel(shop: readonly Visitor[], parameters: Parameters): FunnelRow[] {
  const { breakdown } = parameters;
  if (breakdown === undefined) return rowsOf(shop, parameters);
  const groups = new Map<string, Visitor[]>();
  for (const visitor of shop) {
    const entry = visitor.events.find((event) => isEntry(event, parameters));
    const name = groupOf(visitor, breakdown, entry?.time ?? 0);
    groups.set(name, [...(groups.get(name) ?? []), visitor]);
  }
  return [...groups]
    .map(([group, visitors]) => rowsOf(visitors, parameters).map((row) => ({ ...row, group })))
    .filter(([first]) => (first?.people ?? 0) > 0)
    .flat();
}

function isEntry(event: ShopEvent, parameters: Parameters): boolean {
  const [first] = parameters.steps;
  const { from, to } = bounds(parameters);
  return (
    event.time >= from && event.time < to && first !== undefined && matchers(first).matches(event)
  );
}

function bounds({ from, to }: Parameters): { from: number; to: number } {
  return {
    from: from === undefined ? -Infinity : Date.parse(from),
    to: to === undefined ? Infinity : Date.parse(to) + DAY,
  };
}

function groupOf(visitor: Visitor, breakdown: string, entry: number): string {
  if (breakdown === "day") return isoDay(entry);
  if (breakdown === "week") {
    const sinceMonday = (new Date(entry).getUTCDay() + 6) % 7;
    return isoDay(entry - sinceMonday * DAY);
  }
  const value: unknown = Reflect.get(visitor, breakdown);
  return typeof value === "string" ? value : "";
}

function rowsOf(visitors: readonly Visitor[], parameters: Parameters): FunnelRow[] {
  const { from, to } = bounds(parameters);
  const passages = visitors.map((visitor) =>
    passage(
      visitor.events.filter((event) => event.time >= from && event.time < to),
      parameters,
    ),
  );
  const first = passages.filter((times) => times.length > 0).length;
  return parameters.steps.map((step, index) => {
    const reached = passages.filter((times) => times.length > index);
    const before = passages.filter((times) => times.length >= index).length;
    const interval = wilson(reached.length, first);
    const between = reached.map((times) => seconds(times[index], times[index - 1]));
    const total = reached.map((times) => seconds(times[index], times[0]));
    return {
      step: index + 1,
      name: matchers(step).names.join(" / "),
      people: reached.length,
      shareOfFirst: first === 0 ? null : reached.length / first,
      shareOfPrevious: index === 0 ? 1 : before === 0 ? null : reached.length / before,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      medianSeconds: index === 0 ? null : quantile(between, 0.5),
      p90Seconds: index === 0 ? null : quantile(between, 0.9),
      medianTotalSeconds: index === 0 ? null : quantile(total, 0.5),
      p90TotalSeconds: index === 0 ? null : quantile(total, 0.9),
    };
  });
}

function passage(events: readonly ShopEvent[], { steps, windowSeconds }: Parameters): number[] {
  const times: number[] = [];
  for (const event of events.toSorted((a, b) => a.time - b.time)) {
    const step = steps[times.length];
    if (step === undefined) break;
    const late = times[0] !== undefined && event.time - times[0] > windowSeconds * 1000;
    if (!late && matchers(step).matches(event)) times.push(event.time);
  }
  return times;
}

function matchers(step: WireStep): { names: string[]; matches(event: ShopEvent): boolean } {
  const detailed =
    typeof step === "object" && !Array.isArray(step) ? step : { event: step, where: [] };
  const names = [detailed.event].flat();
  return {
    names,
    matches: (event) =>
      names.includes(event.name) &&
      detailed.where.every(({ property, op, value }) => {
        const actual = event.properties[property.replace(/^properties\./, "")];
        if (op === "exists") return actual !== undefined;
        if (op === "in") return [value].flat().some((wanted) => wanted === actual);
        return op === "!=" ? actual !== value : actual === value;
      }),
  };
}

function seconds(later: number | undefined, earlier: number | undefined): number {
  return ((later ?? 0) - (earlier ?? 0)) / 1000;
}

function quantile(values: readonly number[], share: number): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? null;
}
