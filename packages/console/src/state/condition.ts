import { OPERATORS, type Operator } from "../api/types.js";

export interface Condition {
  property: string;
  op: Operator;
  /** As typed; what goes over the wire is made by `wireCondition`. */
  value: string;
}

/** `op:property:value`, each with its colons escaped. */
export function writeCondition({ op, property, value }: Condition): string {
  return `${op}:${escape(property)}:${escape(value)}`;
}

export function readCondition(text: string): Condition | null {
  const [op, property, value] = text.split(":");
  const operator = OPERATORS.find((known) => known === op);
  if (operator === undefined || property === undefined || value === undefined) return null;
  return { op: operator, property: unescape(property), value: unescape(value) };
}

const escape = (text: string): string => text.replaceAll("%", "%25").replaceAll(":", "%3A");
const unescape = (text: string): string => text.replaceAll("%3A", ":").replaceAll("%25", "%");
