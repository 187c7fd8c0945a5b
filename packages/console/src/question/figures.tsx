import { numberOf, type Row } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import type { Measure } from "./shape.js";
import { differenceText, numberText, valueText } from "./value.js";

interface Properties {
  measure: Measure;
  row: Row;
  breakdown: string;
  /** Whether n is told: not where it stands in a column of its own. */
  withN?: boolean;
}

/** A value with its interval, its n, and what it is compared with: never the value alone. */
export function Figures({ measure, row, breakdown, withN }: Properties) {
  const i18n = useI18n();
  const { column } = measure;
  return (
    <>
      <strong class="figure">{valueText(column, row, breakdown, i18n)}</strong>
      <Interval measure={measure} row={row} {...(withN === true && { withN })} />
      <Comparison measure={measure} row={row} />
    </>
  );
}

export function Interval({ measure: { column }, row, withN }: Omit<Properties, "breakdown">) {
  const i18n = useI18n();
  const low = numberOf(row, column.low);
  const high = numberOf(row, column.high);
  const n = withN === true ? numberOf(row, column.n) : null;
  if (low === null || high === null) return null;
  const ends = [low, high].map((end) => numberText(column, end, row, i18n));
  return (
    <span class="figure-note">
      <span class="visually-hidden">{i18n.text.result.intervalHead} </span>
      {i18n.text.result.intervalShort(ends[0] ?? "", ends[1] ?? "")}
      {n !== null && <span class="figure-n"> · n = {i18n.format.number(n)}</span>}
    </span>
  );
}

/** The other side, and the difference with its interval: sure where zero is not within. */
export function Comparison({ measure, row }: Omit<Properties, "breakdown">) {
  const i18n = useI18n();
  const { column, other } = measure;
  if (other === undefined) return null;
  const before = numberOf(row, other.name);
  const difference = numberOf(row, measure.difference);
  const low = numberOf(row, measure.differenceLow);
  const high = numberOf(row, measure.differenceHigh);
  if (before === null) return null;
  const sure = low !== null && high !== null && (low > 0 || high < 0);
  return (
    <span class="figure-note">
      {i18n.text.question.before(numberText(column, before, row, i18n))}
      {difference !== null && (
        <>
          {" · "}
          <span class={sure ? "figure-sure" : undefined}>
            {differenceText(column, difference, row, i18n)}
          </span>
          {low !== null && high !== null && (
            <>
              {" ["}
              {differenceText(column, low, row, i18n)}
              {" ; "}
              {differenceText(column, high, row, i18n)}
              {"]"}
            </>
          )}
        </>
      )}
    </span>
  );
}
