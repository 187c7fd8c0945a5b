import { textOf, type Row } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Figures } from "./figures.js";
import { keyOf, labelOf } from "./labels.js";
import type { PictureProperties } from "./picture-properties.js";
import type { Measure } from "./shape.js";

/** Each measure of a row as a number to read; those with an interval stand first. */
export function NumberView({ rows, shape, breakdown }: PictureProperties) {
  const i18n = useI18n();
  const { keys, measures } = shape;
  const main = measures.filter(({ column }) => column.low !== undefined);
  const others = measures.filter(({ column }) => column.low === undefined);
  return (
    <>
      {rows.map((row) => (
        <div key={keyOf(keys, row)} class="numbers">
          {keys.length > 0 && <h3>{labelOf(keys, row, breakdown, i18n)}</h3>}
          <dl class="number-facts">
            {[...main, ...others].map((measure) => (
              <NumberFact key={measure.column.name} {...{ measure, row, breakdown }} />
            ))}
          </dl>
        </div>
      ))}
    </>
  );
}

interface FactProperties {
  measure: Measure;
  row: Row;
  breakdown: string;
}

function NumberFact({ measure, row, breakdown }: FactProperties) {
  const { text } = useI18n();
  const { column } = measure;
  return (
    <div
      class={column.low === undefined ? "number-fact" : "number-fact number-main"}
      data-column={column.name}
      data-value={textOf(row, column.name)}
    >
      <dt>{nameOf(text, column.name)}</dt>
      <dd>
        <Figures {...{ measure, row, breakdown }} withN />
      </dd>
    </div>
  );
}
