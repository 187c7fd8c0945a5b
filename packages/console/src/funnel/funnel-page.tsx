import { useEffect } from "preact/hooks";
import type { Ask } from "../api/client.js";
import type { Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import type { Answer } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { defaultSteps } from "../state/default-steps.js";
import type { FunnelState } from "../state/funnel-state.js";
import { toParameters } from "../state/parameters.js";
import { rangeOf } from "../state/period.js";
import type { Navigate } from "../state/use-route.js";
import { announce } from "../ui/announcer.js";
import type { Pending } from "../ui/use-answer.js";
import { useQuery } from "../ui/use-query.js";
import { Builder } from "./builder.js";
import { MoreQuestions } from "./more-questions.js";
import { Result } from "./result.js";

interface Properties {
  ask: Ask;
  questions: Questions;
  list: Pending<Question[]>;
  state: FunnelState;
  navigate: Navigate;
}

/** The funnel that the address describes: what is asked on one side, the answer on the other. */
export function FunnelPage({ ask, questions, list, state, navigate }: Properties) {
  const { text, format } = useI18n();
  const now = Date.now();
  const range = rangeOf(state.period, now);
  const inOrder = range.from <= range.to;
  const names = useQuery(ask, "event_names", inOrder ? range : null);
  const events = names.answer?.rows ?? [];
  const parameters = toParameters(state, now);
  const funnel = useQuery(ask, "funnel", parameters);

  const change = (next: FunnelState): void => navigate({ page: "funnel", state: next });

  // Nothing asked yet: propose a funnel from what exists.
  const untouched = state.steps.length === 0;
  useEffect(() => {
    if (!untouched || names.answer === null) return;
    const steps = defaultSteps(names.answer.rows);
    if (steps.length > 0) navigate({ page: "funnel", state: { ...state, steps } }, "replace");
  }, [untouched, names.answer]);

  useEffect(() => {
    const last = funnel.answer === null ? null : overall(funnel.answer);
    if (last !== null) {
      announce(text.result.updated(last.step, format.percent(last.shareOfFirst)));
    }
  }, [funnel.answer]);

  return (
    <div class="funnel-page">
      <h1 class="visually-hidden">{text.result.title}</h1>
      <Builder state={state} events={events} onChange={change} />
      <Result
        state={state}
        range={range}
        names={names}
        funnel={funnel}
        asked={parameters !== null}
        onView={(view) => navigate({ page: "funnel", state: { ...state, view } }, "replace")}
      />
      {parameters !== null && list.answer !== null && (
        <MoreQuestions
          list={list.answer}
          {...{ questions, state }}
          funnel={parameters}
          onChange={(next, how) => navigate({ page: "funnel", state: next }, how)}
        />
      )}
    </div>
  );
}

function overall(answer: Answer<"funnel">) {
  const grouped = answer.rows.some((row) => row.group !== undefined);
  return grouped ? null : (answer.rows.at(-1) ?? null);
}
