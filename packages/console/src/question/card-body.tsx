import type { Question } from "../api/question.js";
import type { AnyAnswer } from "../api/questions.js";
import { useI18n } from "../i18n/context.js";
import { fieldLabel, nameOf } from "../i18n/names.js";
import { rangeOf } from "../state/period.js";
import type { Scope } from "../state/scope.js";
import { FailureNotice } from "../ui/failure-notice.js";
import { Notice } from "../ui/notice.js";
import { Tools } from "../ui/tools.js";
import type { Pending } from "../ui/use-answer.js";
import type { Asked } from "./asked.js";
import { Meaning } from "./meaning.js";
import { Picture, viewOf } from "./picture.js";
import { rowsCsv } from "./rows-csv.js";
import { isOneSided, shapeOf, shownShape } from "./shape.js";

interface Properties {
  question: Question;
  scope: Scope;
  asked: Asked;
  asTable: boolean;
  pending: Pending<AnyAnswer>;
  titleId: string;
}

/** What stands under a question: its answer, or what to do to get one. */
export function CardBody({ question, scope, asked, asTable, pending, titleId }: Properties) {
  const { text } = useI18n();
  if (asked.foreign.length > 0) {
    const fields = asked.foreign.map((field) => fieldLabel(text, field)).join(", ");
    return <Notice title={text.question.foreignTitle}>{text.question.foreign(fields)}</Notice>;
  }
  if (asked.parameters === null) {
    return <Notice title={text.question.wrongTitle}>{text.question.wrong}</Notice>;
  }
  if (pending.failure !== null) {
    return <FailureNotice failure={pending.failure} retry={pending.retry} />;
  }
  const { answer } = pending;
  if (answer === null) return <p class="muted waiting">{text.result.loading}</p>;
  const { rows, meta } = answer;
  const whole = shapeOf(meta.columns);
  const shape = shownShape(rows, whole);
  const view = asTable ? "table" : viewOf(question.view, shape, rows.length);
  const range = rangeOf(scope.period, Date.now());
  return (
    <>
      <Remarks
        {...{ question, scope, asked }}
        withheld={meta.withheld}
        some={rows.length > 0}
        alone={isOneSided(rows, whole)}
      />
      {rows.length > 0 && (
        <Picture {...{ view, rows, shape, titleId }} breakdown={scope.breakdown} />
      )}
      <Meaning question={question} meta={meta} />
      <Tools
        meta={meta}
        testId={`${question.name}-`}
        file={{
          name: `balise-${question.name}-${range.from}-${range.to}.csv`,
          content: () => rowsCsv(rows, meta.columns),
        }}
      />
    </>
  );
}

interface RemarkProperties {
  question: Question;
  scope: Scope;
  asked: Asked;
  withheld: number;
  /** Whether any row is there. */
  some: boolean;
  /** Whether all of a comparison lies on one side. */
  alone: boolean;
}

/** What the reader must know before the numbers: what they go without, what is left out. */
function Remarks({ question, scope, asked, withheld, some, alone }: RemarkProperties) {
  const { text, format } = useI18n();
  const left = text.result.withheld(withheld, format.number(withheld));
  const examples = asked.examples.map((name) => nameOf(text, name)).join(", ");
  return (
    <>
      {asked.examples.length > 0 && (
        <p class="remark">{text.question.examples(asked.examples.length, examples)}</p>
      )}
      {asked.without.includes("breakdown") && (
        <p class="remark">{text.question.noBreakdown(fieldLabel(text, scope.breakdown))}</p>
      )}
      {asked.without.includes("compare") && <p class="remark">{text.question.noCompare}</p>}
      {asked.without.includes("period") && question.fields === null && (
        <p class="remark">{text.question.noPeriod}</p>
      )}
      {!some && withheld > 0 && <Notice title={text.result.withheldTitle}>{left}</Notice>}
      {!some && withheld === 0 && (
        <Notice title={text.question.nothingTitle}>{text.question.nothing}</Notice>
      )}
      {some && alone && <p class="remark">{text.question.nothingBefore}</p>}
      {some && withheld > 0 && <p class="remark">{left}</p>}
    </>
  );
}
