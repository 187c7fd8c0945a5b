import { expect, test } from "vitest";
import type { Condition } from "../survey-rules.js";
import { holds } from "./condition.js";

const facts: Record<string, unknown> = {
  plan: "Family",
  amount: 20,
  text: "20",
  none: "",
  yes: true,
  no: false,
  zero: 0,
};
const is = (property: string, op: Condition["op"], value?: unknown): boolean =>
  holds({ property, op, value } as Condition, (name) => facts[name]);

test("equality compares as written", () => {
  expect([is("plan", "=", "Family"), is("plan", "=", "family"), is("amount", "=", 20)]).toEqual([
    true,
    false,
    true,
  ]);
  expect([is("text", "=", 20), is("yes", "=", true), is("no", "=", false)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([is("plan", "in", ["single", "Family"]), is("plan", "in", ["single"])]).toEqual([
    true,
    false,
  ]);
});

test("order compares numbers, and what is none never does", () => {
  expect([is("amount", ">", 19), is("amount", ">=", 20), is("amount", "<", 20)]).toEqual([
    true,
    true,
    false,
  ]);
  expect([is("zero", "<=", 0), is("plan", ">", 0), is("gone", "<", 5)]).toEqual([
    true,
    false,
    false,
  ]);
});

test("contains knows no capitals", () => {
  expect([is("plan", "contains", "FAM"), is("plan", "contains", "x")]).toEqual([true, false]);
});

test("what is not there fulfils only that it differs, and that it is not there", () => {
  for (const gone of ["gone", "none"]) {
    expect([is(gone, "!=", "x"), is(gone, "exists", false), is(gone, "exists")]).toEqual([
      true,
      true,
      false,
    ]);
    expect([is(gone, "=", ""), is(gone, "=", "undefined"), is(gone, "contains", "u")]).toEqual([
      false,
      false,
      false,
    ]);
  }
  expect([is("zero", "exists"), is("no", "exists"), is("zero", "!=", 0)]).toEqual([
    true,
    true,
    false,
  ]);
});
