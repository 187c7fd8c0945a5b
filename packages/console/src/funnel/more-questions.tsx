import type { Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import { QuestionList } from "../question/question-list.js";
import type { FunnelState } from "../state/funnel-state.js";
import type { FunnelParameters } from "../state/parameters.js";

interface Properties {
  list: readonly Question[];
  questions: Questions;
  state: FunnelState;
  /** The funnel of the page, which these are asked about. */
  funnel: FunnelParameters;
  onChange: (state: FunnelState, how?: "push" | "replace") => void;
}

/**
 * What else is asked about the funnel of the page: its other questions, and itself where it is
 * compared, since the picture above shows one side alone.
 */
export function MoreQuestions({ list, questions, state, funnel, onChange }: Properties) {
  const shown = list
    .filter(
      ({ name, topic }) => topic === "funnels" && (name !== "funnel" || state.compare !== null),
    )
    // Numbers first, then people to look at.
    .toSorted((a, b) => Number(a.fields === null) - Number(b.fields === null));
  const { steps, windowSeconds, by } = funnel;
  return (
    <QuestionList
      {...{ shown, questions }}
      scope={state}
      cards={{ own: state.own, tables: ["funnel", ...state.tables] }}
      given={{ steps, windowSeconds, by }}
      onCards={(cards, how) =>
        onChange(
          { ...state, ...cards, tables: cards.tables.filter((name) => name !== "funnel") },
          how,
        )
      }
    />
  );
}
