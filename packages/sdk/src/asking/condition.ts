import type { Condition } from "../survey-rules.js";

/** As questions to the collector read it: what is not there fulfils only `!=` and `exists: false`. */
export function holds(
  { property, op, value }: Condition,
  factOf: (property: string) => unknown,
): boolean {
  const fact = factOf(property) ?? "";
  // oxlint-disable-next-line typescript/no-base-to-string -- an object equals nothing that a condition can name
  const text = String(fact);
  const there = text !== "";
  const more = Number(fact) - Number(value);
  const found = {
    exists: there === (value ?? true),
    "!=": text !== String(value),
    "=": text === String(value),
    in: [value].flat().some((one) => text === String(one)),
    contains: text.toLowerCase().includes(String(value).toLowerCase()),
    "<": more < 0,
    "<=": more <= 0,
    ">": more > 0,
    ">=": more >= 0,
  }[op];
  return found && (there || op === "!=" || op === "exists");
}
