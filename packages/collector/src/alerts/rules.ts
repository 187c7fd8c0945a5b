import { z } from "zod";
import {
  findIndicator,
  type FindQuery,
  indicatorFields,
  type Measure,
  within,
} from "../query/indicator.js";
import type { Query } from "../query/query.js";
import type { TestedKind } from "./change.js";
import { durationFrom } from "./duration.js";

const MINUTE = 60_000;

const ruleSchema = z.strictObject({
  ...indicatorFields,
  /** What it is told by; each its own. */
  name: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[^\p{Cc}]*$/u, "has characters that are none of text"),
  /** The site that it watches; left out, each of them. */
  site: z.string().optional(),
  /** Which change is told. */
  direction: z.enum(["up", "down", "either"]),
  /** The time that is looked at. */
  window: durationFrom(MINUTE),
  /** The time before it that it is held against. */
  baseline: durationFrom(MINUTE),
  /** Time left out between both: `6d` holds a day against the same weekday. */
  lag: durationFrom(0).default(0),
  /** How long before now the window ends, since events come late. */
  delay: durationFrom(0).default(10 * MINUTE),
  /** Least n of both windows; of a count, the least of the larger. */
  minimum: z.int().min(2).max(1_000_000_000).default(100),
  /** Least change, in the measure's own unit, that the whole interval has to lie beyond. */
  by: z.number().min(0).default(0),
  /** Of the interval of the difference. A rule that is asked often is wrong often: hence not 0.95. */
  confidence: z.number().min(0.8).max(0.999_999).default(0.99),
  /** For how long it is told once. */
  coolDown: durationFrom(MINUTE).default(24 * 60 * MINUTE),
});

export type RuleFile = z.infer<typeof ruleFileSchema>;

export const ruleFileSchema = z.strictObject({ rules: z.array(ruleSchema).min(1).max(200) });

/** A rule with the question that it asks. */
export interface Rule extends z.output<typeof ruleSchema> {
  query: Query;
  column: Measure;
  kind: TestedKind;
}

const TESTED: ReadonlySet<string> = new Set<TestedKind>(["share", "mean", "score", "count"]);

const isTested = (kind: string): kind is TestedKind => TESTED.has(kind);

/**
 * The rules of a file, each with its question.
 * @throws z.ZodError that names the rule and its field.
 */
export function checkRules({ rules }: RuleFile, find: FindQuery): Rule[] {
  const names = new Set<string>();
  return rules.map((rule, place) => {
    const wrong = (field: string, message: string): z.ZodError =>
      new z.ZodError([
        { code: "custom", path: ["rules", place, field], message, input: Reflect.get(rule, field) },
      ]);
    if (names.has(rule.name)) {
      throw wrong("name", `${JSON.stringify(rule.name)} is the name of two rules`);
    }
    names.add(rule.name);
    const { query, measure: column } = within(["rules", place], () => findIndicator(find, rule));
    const { kind } = column.column;
    const known = kind === "count" || (column.low !== undefined && column.high !== undefined);
    if (!isTested(kind) || !known || (column.n === undefined && !TOLD_OTHERWISE.has(kind))) {
      throw wrong(
        "measure",
        `${rule.measure} is not a count, nor a share, mean or score with an interval and its n: there is no test for it`,
      );
    }
    return { ...rule, query, column, kind };
  });
}

/** Kinds whose n is known without a column of it. */
const TOLD_OTHERWISE: ReadonlySet<string> = new Set(["count", "share"]);
