import { expect, test } from "vitest";
import type { Question } from "../survey.js";
import { byBranches, inOrder } from "./branch.js";

const score: Question = {
  id: "score",
  metric: "nps",
  branches: [
    { notApplicable: true, go: "end" },
    { scores: [0, 6], go: "why" },
    { choices: ["a"], go: "cause" },
  ],
};
const cause: Question = { id: "cause", metric: "text", branches: [{ go: "end" }] };
const why: Question = { id: "why", metric: "text" };
const questions = [score, cause, why];

test("the first branch that fits the answer is taken, both ends of its scores included", () => {
  for (const low of [0, 6]) expect(byBranches(questions, score, { score: low })).toBe(why);
  expect(byBranches(questions, score, { notApplicable: true })).toBeUndefined();
  expect(byBranches(questions, score, { choice: "b,a" })).toBe(cause);
});

test("where none fits, or nothing was answered, the next question follows", () => {
  expect(byBranches(questions, score, { score: 7 })).toBe(cause);
  expect(byBranches(questions, score)).toBe(cause);
  expect(byBranches(questions, why)).toBeUndefined();
});

test("a branch that names no answer fits always", () => {
  expect(byBranches(questions, cause, { text: "x" })).toBeUndefined();
});

test("without branches one question comes after the other", () => {
  expect(inOrder(questions, score, { score: 0 })).toBe(cause);
  expect(inOrder(questions, why)).toBeUndefined();
});
