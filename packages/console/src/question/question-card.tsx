import { useId } from "preact/hooks";
import { ownParameters, type Question } from "../api/question.js";
import type { Questions } from "../api/questions.js";
import { useI18n } from "../i18n/context.js";
import { askOf, titleOf } from "../i18n/names.js";
import type { Scope } from "../state/scope.js";
import { Segmented } from "../ui/segmented.js";
import { useAnswer } from "../ui/use-answer.js";
import { useInView } from "../ui/use-in-view.js";
import { askedOf } from "./asked.js";
import { CardBody } from "./card-body.js";
import { OwnForm } from "./own-form.js";

interface Properties {
  question: Question;
  questions: Questions;
  scope: Scope;
  /** Parameters that were typed: `question.parameter` → text. */
  own: Readonly<Record<string, string>>;
  /** Values of parameters that stand elsewhere on the page. */
  given?: Readonly<Record<string, unknown>>;
  asTable: boolean;
  /** Whether it takes the whole width of the page. */
  wide: boolean;
  onOwn: (name: string, value: string) => void;
  onTable: (asTable: boolean) => void;
}

/** One question: what is asked, its answer, what the answer means, and the ways out. */
export function QuestionCard(properties: Properties) {
  const { question, questions, scope, own, given, asTable, wide, onOwn, onTable } = properties;
  const { name } = question;
  const { text, language } = useI18n();
  const ask = askOf(text, name);
  const id = useId();
  const [card, seen] = useInView<HTMLElement>();
  const asked = askedOf(question, scope, own, Date.now(), given);
  const { parameters } = asked;
  const pending = useAnswer(
    (signal) => questions.ask(name, parameters ?? {}, signal),
    seen && parameters !== null ? `${name} ${JSON.stringify(parameters)}` : null,
    questions,
  );
  const fields = ownParameters(question).filter(([field]) => !Object.hasOwn(given ?? {}, field));
  const typed = Object.fromEntries(
    fields.flatMap(([field]) => {
      const value = own[`${name}.${field}`];
      return value === undefined ? [] : [[field, value]];
    }),
  );
  const { loading, answer, failure } = pending;
  // Between being seen and being asked, nothing is under way and nothing is there.
  const busy = parameters !== null && (loading || (answer === null && failure === null));
  const nothing = answer?.rows.length === 0;
  const needs = nothing || asked.examples.length > 0 || asked.wrong.length > 0;
  return (
    <section
      ref={card}
      class={["panel question", wide && "question-wide", busy && "is-loading"]
        .filter((name) => name !== false)
        .join(" ")}
      aria-labelledby={`${id}-title`}
      aria-busy={busy}
      data-testid={`question-${name}`}
    >
      <div class="question-head">
        <div>
          <h2 id={`${id}-title`}>{titleOf(text, name)}</h2>
          <p class="muted small" lang={ask === undefined && language !== "en" ? "en" : undefined}>
            {ask ?? question.question}
          </p>
        </div>
        {question.view !== "table" && (
          <Segmented
            label={text.question.view(titleOf(text, name))}
            value={asTable ? "table" : "chart"}
            options={[
              { value: "chart", label: text.result.chart, icon: "chart" },
              { value: "table", label: text.result.table, icon: "table" },
            ]}
            onChange={(value) => onTable(value === "table")}
          />
        )}
      </div>
      <div class="progress" aria-hidden="true" />
      {fields.length > 0 && (
        <details class="own" open={needs}>
          <summary>{text.question.settings}</summary>
          <OwnForm
            parameters={fields}
            own={typed}
            values={parameters ?? {}}
            wrong={asked.wrong}
            onChange={(field, value) => onOwn(`${name}.${field}`, value)}
          />
        </details>
      )}
      <CardBody {...{ question, scope, asked, asTable, pending }} titleId={`${id}-title`} />
    </section>
  );
}
