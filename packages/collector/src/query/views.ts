import { quoteString } from "../embedded/sql/quote.js";
import type { Table } from "./fields.js";
import { inView, partsOf, questionText } from "./frame.js";
import { createParameters, type ParameterValue } from "./parameters.js";
import type { SqlView } from "./query.js";
import { render } from "./template.js";

/** The statement of a question's file as a view, for a period, over everybody. */
export function fileView(
  name: string,
  table: Table,
  singleSite: string | undefined,
  own: Readonly<Record<string, ParameterValue>>,
  more: Readonly<Record<string, string>> = {},
): SqlView {
  const text = questionText(name);
  const parts = partsOf(table, {}, inView(singleSite), createParameters(), text);
  return sqlView(name, render(text, { ...parts, ...more }), { ...own });
}

/** Arguments that every view may have, as they stand in an example. */
const USUAL: Readonly<Record<string, ParameterValue>> = {
  site: "default",
  from: "2026-01-01",
  to: "2026-02-01",
};

/** A view by its text: what it asks for are its arguments. */
export function sqlView(
  name: string,
  sql: string,
  values: Readonly<Record<string, ParameterValue>>,
): SqlView {
  const types = new Map<string, string>();
  for (const [, argument, type] of sql.matchAll(/\{(\w+):([\w(), ]+)\}/g)) {
    if (argument !== undefined && type !== undefined) types.set(argument, type);
  }
  const given: Readonly<Record<string, ParameterValue>> = { ...USUAL, ...values };
  const call = [...types.keys()].map((argument) => `${argument} = ${literal(given[argument])}`);
  return {
    name,
    sql,
    arguments: [...types].map(([argument, type]) => ({ name: argument, type })),
    example: `SELECT * FROM ${name}(${call.join(", ")})`,
  };
}

function literal(value: ParameterValue | undefined): string {
  if (value === undefined) throw new Error("an argument of a view needs a value in the example");
  if (typeof value === "string") return quoteString(value);
  return typeof value === "object" ? `[${value.map(literal).join(", ")}]` : String(value);
}
