import { hasField, ownParameters, type Question } from "../api/question.js";
import { wireConditions } from "../state/parameters.js";
import { rangeOf } from "../state/period.js";
import type { Scope } from "../state/scope.js";
import { parseOwn } from "./own.js";

export interface Asked {
  /** Null where it cannot be asked as it stands. */
  parameters: Record<string, unknown> | null;
  /** Fields of the segment that it does not have: without them the numbers would be others. */
  foreign: string[];
  /** What of the scope it goes without. */
  without: ("breakdown" | "compare" | "period")[];
  /** Own parameters that it needs and that nobody gave: the example's stand in. */
  examples: string[];
  /** Own parameters whose text makes no sense. */
  wrong: string[];
}

/** What the collector is asked: the shared scope as far as the question takes it, and its own parameters. */
export function askedOf(
  question: Question,
  scope: Scope,
  own: Readonly<Record<string, string>>,
  now: number,
  /** Values of parameters that stand elsewhere on the page. */
  given: Readonly<Record<string, unknown>> = {},
): Asked {
  const { name, parameters: takes, example } = question;
  const values: Record<string, unknown> = {};
  const examples: string[] = [];
  const wrong: string[] = [];
  for (const [parameter, schema] of ownParameters(question)) {
    const text = own[`${name}.${parameter}`];
    const parsed = text === undefined ? undefined : parseOwn(schema, text);
    if (parsed !== undefined) {
      if (parsed.ok) values[parameter] = parsed.value;
      else wrong.push(parameter);
    } else if (Object.hasOwn(given, parameter)) values[parameter] = given[parameter];
    else if (Object.hasOwn(example, parameter) && schema.default === undefined) {
      values[parameter] = example[parameter];
      examples.push(parameter);
    }
  }
  const shared = sharedOf(question, scope, now);
  const asked = wrong.length === 0 && shared.foreign.length === 0 && shared.inOrder;
  return {
    parameters: asked ? { ...values, ...only(shared.values, takes) } : null,
    foreign: shared.foreign,
    without: shared.without,
    examples,
    wrong,
  };
}

function sharedOf(question: Question, scope: Scope, now: number) {
  const { parameters: takes } = question;
  const range = rangeOf(scope.period, now);
  const filters = wireConditions(scope.filters);
  const grouped = scope.breakdown !== "" && hasField(question, scope.breakdown);
  const without: Asked["without"] = [];
  if (scope.breakdown !== "" && !grouped) without.push("breakdown");
  if (scope.compare !== null && !takes.has("compare")) without.push("compare");
  if (!takes.has("from")) without.push("period");
  return {
    values: {
      ...range,
      ...(filters.length > 0 && { filters }),
      ...(grouped && { breakdown: scope.breakdown }),
      ...(scope.compare !== null && { compare: scope.compare }),
    },
    foreign: [
      ...new Set(
        filters.map(({ property }) => property).filter((name) => !hasField(question, name)),
      ),
    ],
    without,
    inOrder: range.from <= range.to,
  };
}

const only = (values: object, takes: ReadonlyMap<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([name]) => takes.has(name)));
