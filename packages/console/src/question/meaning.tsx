import type { Question } from "../api/question.js";
import type { Meta } from "../api/types.js";
import { useI18n } from "../i18n/context.js";

interface Properties {
  question: Question;
  meta: Meta;
}

/** The definition behind the numbers, in the words of the SQL's own header. */
export function Meaning({ question, meta }: Properties) {
  const { text, format, language } = useI18n();
  const english = language === "en" ? undefined : "en";
  const parts = [
    [text.question.unit, question.unit],
    [text.question.definition, question.definition],
    [text.question.caveat, question.caveat],
  ].filter(([, words]) => words !== "");
  return (
    <details class="meaning">
      <summary>{text.result.definition}</summary>
      <dl>
        {parts.map(([title, words]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd lang={english}>{words}</dd>
          </div>
        ))}
      </dl>
      <p class="muted small">
        {text.result.answered(
          format.number(Math.round(meta.elapsedMs)),
          format.number(meta.rowsRead),
        )}
      </p>
    </details>
  );
}
