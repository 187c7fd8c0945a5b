import { useState } from "preact/hooks";
import { numberOf, textOf, type Column, type Row } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { facetsOf } from "./facets.js";
import { Figures } from "./figures.js";
import { keyOf, labelOf } from "./labels.js";
import { MeasureField } from "./measure-field.js";
import { MoreRows } from "./more-rows.js";
import type { PictureProperties } from "./picture-properties.js";
import { scaleOf, type Scale } from "./scale.js";
import { drawable, type Measure } from "./shape.js";
import { numberText } from "./value.js";

/** More bars than this are not compared at a glance. */
const MOST = 12;

/** A bar for each row, from zero, with its interval as a whisker, in the order of the answer. */
export function BarsView({ rows, shape, breakdown }: PictureProperties) {
  const i18n = useI18n();
  const [chosen, setChosen] = useState("");
  const [all, setAll] = useState(false);
  const { keys } = shape;
  const measures = drawable(shape.measures);
  const measure = measures.find(({ column }) => column.name === chosen) ?? measures[0];
  if (measure === undefined) return null;
  const { column } = measure;
  // A group with bars of its own stands above them.
  const own = keys.filter(({ name }) => name !== "group");
  const groups = own.length === 0 ? [] : keys.filter((key) => !own.includes(key));
  const labels = own.length === 0 ? keys : own;
  const shown = all ? rows : rows.slice(0, MOST);
  const scale = scaleOf(
    shown.flatMap((row) => valuesOf(row, column)),
    column.kind === "share" ? 1 : Infinity,
  );
  const [first = {}] = rows;
  return (
    <>
      <MeasureField measures={measures} value={column.name} onChange={setChosen} />
      <div class="bars-scale" aria-hidden="true">
        <span>{numberText(column, scale.low, first, i18n)}</span>
        <span>{numberText(column, scale.high, first, i18n)}</span>
      </div>
      {facetsOf(shown, groups).map((facet) => (
        <div key={facet.key}>
          {groups.length > 0 && (
            <h3 class="facet-title">{labelOf(groups, facet.rows[0] ?? {}, breakdown, i18n)}</h3>
          )}
          <ul class="bars">
            {facet.rows.map((row) => (
              <li
                key={keyOf(keys, row)}
                class="bars-row"
                data-testid="question-bar"
                data-key={keyOf(keys, row)}
                data-value={textOf(row, column.name)}
              >
                <span class="bars-label">{labelOf(labels, row, breakdown, i18n)}</span>
                <Bar {...{ measure, row, scale }} />
                <span class="bars-figures">
                  <Figures {...{ measure, row, breakdown }} withN />
                </span>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <MoreRows hidden={rows.length - shown.length} onShow={() => setAll(true)} />
    </>
  );
}

function valuesOf(row: Row, { name, low, high }: Column): number[] {
  return [numberOf(row, name), numberOf(row, low), numberOf(row, high)].filter(
    (value) => value !== null,
  );
}

interface BarProperties {
  measure: Measure;
  row: Row;
  scale: Scale;
}

const percent = (place: number): string => `${(place * 100).toFixed(3)}%`;

function Bar({ measure: { column }, row, scale }: BarProperties) {
  const value = numberOf(row, column.name);
  const low = numberOf(row, column.low);
  const high = numberOf(row, column.high);
  const zero = scale.at(0);
  const [from, to] = [scale.at(value ?? 0), zero].toSorted((a, b) => a - b);
  return (
    <div class="bar bars-bar" aria-hidden="true">
      {value !== null && (
        <div
          class="bar-fill"
          style={{ left: percent(from ?? 0), width: percent((to ?? 0) - (from ?? 0)) }}
        />
      )}
      {low !== null && high !== null && (
        <div
          class="bar-whisker"
          style={{
            left: percent(scale.at(low)),
            width: percent(scale.at(high) - scale.at(low)),
          }}
        />
      )}
      {zero > 0 && <div class="bar-zero" style={{ left: percent(zero) }} />}
    </div>
  );
}
