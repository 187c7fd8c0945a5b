import { z } from "zod";
import {
  type FieldExpressions,
  type FieldReader,
  fieldNameOf,
  oncePerTable,
  type Table,
} from "./fields.js";
import type { Parameters } from "./parameters.js";

const scalar = z.union([z.string().max(1024), z.number(), z.boolean()]);

/** One condition on a field of a table. Text compares as text, numbers as numbers. */
export const conditionOf = oncePerTable(condition);

function condition(table: Table) {
  const property = fieldNameOf(table);
  return z.discriminatedUnion("op", [
    z.strictObject({ property, op: z.enum(["=", "!=", "≠"]), value: scalar }),
    z.strictObject({
      property,
      op: z.enum(["<", "<=", ">", ">="]),
      value: z.union([z.number(), z.string().max(1024)]),
    }),
    z.strictObject({ property, op: z.literal("in"), value: z.array(scalar).min(1).max(100) }),
    z.strictObject({ property, op: z.literal("contains"), value: z.string().min(1).max(1024) }),
    z.strictObject({ property, op: z.literal("exists"), value: z.boolean().optional() }),
  ]);
}

export type Condition = z.infer<ReturnType<typeof conditionOf>>;

/** The condition as SQL over the table of the fields. A row without the field fulfils only `≠` and `exists: false`. */
export function conditionSql(
  condition: Condition,
  parameters: Parameters,
  fields: FieldReader,
): string {
  const field = fields.of(condition.property);
  switch (condition.op) {
    case "=":
      return equals(field, condition.value, parameters);
    case "!=":
    case "≠":
      return `NOT (${equals(field, condition.value, parameters)})`;
    case "in":
      return isIn(field, condition.value, parameters);
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
  field: FieldExpressions,
  values: readonly (string | number | boolean)[],
  parameters: Parameters,
): string {
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
  field: FieldExpressions,
  value: string | number | boolean,
  parameters: Parameters,
): string {
  if (typeof value === "number")
    return `ifNull(${field.number} = ${parameters.add("Float64", value)}, false)`;
  return `(${field.exists} AND ${field.text} = ${parameters.add("String", String(value))})`;
}
