import { hasField, type Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import { useI18n } from "../i18n/context.js";
import { QuestionList } from "../question/question-list.js";
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
  const all = questionsOn(page, list.answer);
  const shown = isByGroup(page)
    ? all.filter((question) => hasField(question, state.breakdown))
    : all;
  if (shown.length === 0) {
    return <Notice title={text.question.noneTitle}>{text.question.none}</Notice>;
  }
  return (
    <QuestionList
      {...{ shown, questions }}
      scope={state}
      cards={state}
      onCards={(cards, how) => onState({ ...state, ...cards }, how)}
    />
  );
}
