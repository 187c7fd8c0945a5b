import type { Branch, Question } from "../survey.js";
import type { Answer } from "./question-type.js";

/** The question after this answer; none where the survey ends. */
export type Following = (
  questions: readonly Question[],
  question: Question,
  answer?: Answer,
) => Question | undefined;

export const inOrder: Following = (questions, question) =>
  questions[questions.indexOf(question) + 1];

export const byBranches: Following = (questions, question, answer = {}) => {
  const branch = question.branches?.find((one) => fits(one, answer));
  return branch ? questions.find(({ id }) => id === branch.go) : inOrder(questions, question);
};

function fits({ scores, choices, notApplicable }: Branch, answer: Answer): boolean {
  if (!scores && !choices && !notApplicable) return true;
  const { score = NaN, choice = "" } = answer;
  return !!(
    (notApplicable && answer.notApplicable) ||
    (scores && score >= scores[0] && score <= scores[1]) ||
    choices?.some((one) => choice.split(",").includes(one))
  );
}
