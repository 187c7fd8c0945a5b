import { useState } from "preact/hooks";
import { numberOf, textOf, type Column, type Row } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Figures } from "./figures.js";
import { facetsOf } from "./facets.js";
import { labelOf } from "./labels.js";
import { MeasureField } from "./measure-field.js";
import type { PictureProperties } from "./picture-properties.js";
import { scaleOf } from "./scale.js";
import { drawable, type Measure } from "./shape.js";

interface Properties extends PictureProperties {
  titleId: string;
}

/** One key down, the other across, a shade for the value; the rest of the keys are pictures apart. */
export function MatrixView({ rows, shape, breakdown, titleId }: Properties) {
  const i18n = useI18n();
  const [chosen, setChosen] = useState("");
  const measures = drawable(shape.measures);
  const measure = measures.find(({ column }) => column.name === chosen) ?? measures[0];
  const plain = shape.keys.filter(({ name }) => name !== "group");
  const [down, across, ...more] = plain;
  if (measure === undefined || down === undefined || across === undefined) return null;
  const rest = [...shape.keys.filter(({ name }) => name === "group"), ...more];
  return (
    <>
      <MeasureField measures={measures} value={measure.column.name} onChange={setChosen} />
      {facetsOf(rows, rest).map((facet) => (
        <div key={facet.key}>
          {rest.length > 0 && (
            <h3 class="facet-title">{labelOf(rest, facet.rows[0] ?? {}, breakdown, i18n)}</h3>
          )}
          <Grid {...{ rows: facet.rows, down, across, measure, breakdown, titleId }} />
        </div>
      ))}
    </>
  );
}

interface GridProperties {
  rows: readonly Row[];
  down: Column;
  across: Column;
  measure: Measure;
  breakdown: string;
  titleId: string;
}

function Grid({ rows, down, across, measure, breakdown, titleId }: GridProperties) {
  const i18n = useI18n();
  const { name, kind } = measure.column;
  const columns = facetsOf(rows, [across]);
  const ordered = across.type === "integer" ? columns.toSorted(byNumber(across)) : columns;
  const values = rows.map((row) => numberOf(row, name) ?? 0);
  const scale = scaleOf(values, kind === "share" ? 1 : Infinity);
  return (
    <div class="scroll" role="group" aria-labelledby={titleId} tabIndex={0}>
      <table class="data grid">
        <thead>
          <tr>
            <th scope="col">
              {nameOf(i18n.text, down.name)} / {nameOf(i18n.text, across.name)}
            </th>
            {ordered.map(({ key, rows: [row = {}] }) => (
              <th key={key} scope="col">
                {labelOf([across], row, breakdown, i18n)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facetsOf(rows, [down]).map((line) => (
            <tr key={line.key}>
              <th scope="row">{labelOf([down], line.rows[0] ?? {}, breakdown, i18n)}</th>
              {ordered.map(({ key, rows: [of = {}] }) => {
                const row = line.rows.find((one) => one[across.name] === of[across.name]);
                if (row === undefined) return <td key={key} class="grid-cell" />;
                return (
                  <td
                    key={key}
                    class="grid-cell"
                    data-value={textOf(row, name)}
                    style={{
                      "--shade": `${(scale.at(numberOf(row, name) ?? 0) * 36).toFixed(1)}%`,
                    }}
                  >
                    <Figures {...{ measure, row, breakdown }} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const byNumber =
  ({ name }: Column) =>
  (a: { rows: Row[] }, b: { rows: Row[] }): number =>
    (numberOf(a.rows[0] ?? {}, name) ?? 0) - (numberOf(b.rows[0] ?? {}, name) ?? 0);
