import { z } from "zod";
import { fieldExpressions, fieldName } from "./fields.js";
import type { Parameters } from "./parameters.js";

const scalar = z.union([z.string().max(1024), z.number(), z.boolean()]);

/** One condition on a field of an event. Text compares as text, numbers as numbers. */
export const conditionSchema = z.discriminatedUnion("op", [
  z.strictObject({ property: fieldName, op: z.enum(["=", "!=", "≠"]), value: scalar }),
  z.strictObject({
    property: fieldName,
    op: z.enum(["<", "<=", ">", ">="]),
    value: z.union([z.number(), z.string().max(1024)]),
  }),
  z.strictObject({
    property: fieldName,
    op: z.literal("in"),
    value: z.array(scalar).min(1).max(100),
  }),
  z.strictObject({
    property: fieldName,
    op: z.literal("contains"),
    value: z.string().min(1).max(1024),
  }),
  z.strictObject({ property: fieldName, op: z.literal("exists"), value: z.boolean().optional() }),
]);

export type Condition = z.infer<typeof conditionSchema>;

/** The condition as SQL over `events`. An event without the field fulfils only `≠` and `exists: false`. */
export function conditionSql(condition: Condition, parameters: Parameters): string {
  const field = fieldExpressions(condition.property);
  switch (condition.op) {
    case "=":
      return equals(condition.property, condition.value, parameters);
    case "!=":
    case "≠":
      return `NOT (${equals(condition.property, condition.value, parameters)})`;
    case "in":
      return isIn(condition.property, condition.value, parameters);
    case "contains":
      return `positionCaseInsensitiveUTF8(${field.text}, ${parameters.add("String", condition.value)}) > 0`;
    case "exists":
      return condition.value === false ? `NOT (${field.exists})` : field.exists;
    default:
      return typeof condition.value === "number"
        ? `ifNull(${field.number} ${condition.op} ${parameters.add("Float64", condition.value)}, false)`
        : `(${field.exists} AND ${field.text} ${condition.op} ${parameters.add("String", condition.value)})`;
  }
}

function isIn(
  property: string,
  values: readonly (string | number | boolean)[],
  parameters: Parameters,
): string {
  const field = fieldExpressions(property);
  const texts = values.filter((value) => typeof value !== "number").map(String);
  const numbers = values.filter((value) => typeof value === "number");
  const ways = [
    ...(texts.length > 0
      ? [`(${field.exists} AND has(${parameters.add("Array(String)", texts)}, ${field.text}))`]
      : []),
    ...(numbers.length > 0
      ? [`has(${parameters.add("Array(Float64)", numbers)}, ifNull(${field.number}, nan))`]
      : []),
  ];
  return `(${ways.join(" OR ")})`;
}

function equals(
  property: string,
  value: string | number | boolean,
  parameters: Parameters,
): string {
  const field = fieldExpressions(property);
  if (typeof value === "number")
    return `ifNull(${field.number} = ${parameters.add("Float64", value)}, false)`;
  return `(${field.exists} AND ${field.text} = ${parameters.add("String", String(value))})`;
}
