import { type Answer, readAnswers } from "./answers.js";
import { type Exchange, exchange } from "./exchange.js";
import type { Input } from "./input.js";
import { judge } from "./judge.js";
import type { Ledger } from "./ledger.js";
import type { Tally } from "./tally.js";

export interface Target {
  url: string;
  /** What no answer may hold. */
  secrets: readonly string[];
  ledger: Ledger;
  tally: Tally;
}

/** A body longer than what the kernel takes at once may be refused, and the answer cut off, while it comes. */
const LARGE = 48 * 1024;

/** Sends an input, and complains of whatever is wrong with what comes back. */
export async function tryInput(target: Target, kind: string, input: Input): Promise<void> {
  const { tally } = target;
  const outcome = await exchange(target.url, input);
  const { answers, broken } = readAnswers(outcome.received, input.requests);
  const statuses = answers.map(({ status }) => String(status));
  tally.count(kind, statuses.length > 0 ? statuses : [silence(outcome)]);
  const complain = (what: string | undefined): void => {
    if (what !== undefined) tally.complain(kind, what, input);
  };
  if (broken !== undefined && outcome.ended && !outcome.cut) complain(broken);
  for (const [place, answer] of answers.entries())
    complain(judge(answer, input.requests[place]?.method, target.secrets));
  complain(judgeNumber(input, answers, outcome));
  for (const [place, { carried }] of input.requests.entries()) {
    if (carried !== undefined) complain(target.ledger.note(carried, answers[place]));
    else if (answers[place]?.status === 202) complain("202 for what holds no events");
  }
}

function judgeNumber(
  input: Input,
  answers: readonly Answer[],
  outcome: Exchange,
): string | undefined {
  for (let place = 0; place < input.valid; place++) {
    const status = answers[place]?.status;
    if (status !== 202) return `a valid neighbour is answered with ${status ?? silence(outcome)}`;
  }
  const [refusal, ...others] = answers.slice(input.requests.length);
  if (refusal !== undefined && others.length > 0)
    return `${others.length} answers too many: ${[refusal, ...others].map(({ status, body }) => `${status} ${body.toString().slice(0, 90)}`).join("; ")}`;
  if (refusal !== undefined && refusal.status < 400)
    return `what is no request is answered with ${refusal.status}`;
  if (!input.answered || answers.length === input.requests.length) return undefined;
  const length = input.parts.reduce((sum, part) => sum + part.length, 0);
  const excused = outcome.cut && length > LARGE;
  return answers.length > input.requests.length || excused
    ? undefined
    : `no answer: ${silence(outcome)}`;
}

function silence({ cut, ended }: Exchange): string {
  if (!ended) return "silence";
  return cut ? "reset" : "closed";
}
