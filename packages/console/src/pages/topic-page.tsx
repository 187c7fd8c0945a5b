import type { Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import { useI18n } from "../i18n/context.js";
import { QuestionCard } from "../question/question-card.js";
import { ScopeBar } from "../scope/scope-bar.js";
import type { TopicState } from "../state/topic-state.js";
import { FailureNotice } from "../ui/failure-notice.js";
import { Notice } from "../ui/notice.js";
import type { Pending } from "../ui/use-answer.js";
import { ChooseGroup } from "./choose-group.js";
import { isByGroup, questionsOn, type TopicPage } from "./pages.js";

interface Properties {
  page: TopicPage;
  list: Pending<Question[]>;
  questions: Questions;
  state: TopicState;
  onState: (state: TopicState, how?: "push" | "replace") => void;
}

/** The questions of a page, one below the other, all asked about the same. */
export function TopicPage({ page, list, questions, state, onState }: Properties) {
  const { text } = useI18n();
  return (
    <div class="topic-page">
      <h1>{text.app[page]}</h1>
      <ScopeBar scope={state} onChange={(scope) => onState({ ...state, ...scope })} />
      <Body {...{ page, list, questions, state, onState }} />
    </div>
  );
}

function Body({ page, list, questions, state, onState }: Properties) {
  const { text } = useI18n();
  if (list.failure !== null) return <FailureNotice failure={list.failure} retry={list.retry} />;
  if (list.answer === null) return <p class="muted waiting">{text.question.listing}</p>;
  if (isByGroup(page) && state.breakdown === "") {
    return <ChooseGroup onChoose={(breakdown) => onState({ ...state, breakdown })} />;
  }
  const shown = questionsOn(page, list.answer);
  if (shown.length === 0) {
    return <Notice title={text.question.noneTitle}>{text.question.none}</Notice>;
  }
  return (
    <div class="questions">
      {shown.map((question) => (
        <QuestionCard
          key={question.name}
          {...{ question, questions }}
          scope={state}
          own={state.own}
          asTable={state.tables.includes(question.name)}
          onOwn={(name, value) => onState({ ...state, own: { ...state.own, [name]: value } })}
          onTable={(asTable) => {
            const others = state.tables.filter((name) => name !== question.name);
            onState(
              { ...state, tables: asTable ? [...others, question.name] : others },
              "replace",
            );
          }}
        />
      ))}
    </div>
  );
}
