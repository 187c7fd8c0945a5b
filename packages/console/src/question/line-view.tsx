import { useState } from "preact/hooks";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Figures } from "./figures.js";
import { labelOf } from "./labels.js";
import { LinePlot } from "./line-plot.js";
import { MeasureField } from "./measure-field.js";
import type { PictureProperties } from "./picture-properties.js";
import { isUnfinished, seriesOf, timeOf } from "./series.js";
import { drawable, type Measure } from "./shape.js";
import { valueText } from "./value.js";

/** More lines than this cannot be told apart. */
const MOST = 6;

/** Over time, what changes is counted before what is shared out. */
const inTime = (measures: readonly Measure[]): Measure[] => {
  const drawn = drawable(measures);
  const counts = measures.filter(({ column }) => column.kind === "count");
  return [...counts, ...drawn.filter((measure) => !counts.includes(measure))];
};

/** A measure over time: a line for each group, its interval as a band, the other period dashed. */
export function LineView({ rows, shape, breakdown }: PictureProperties) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const [chosen, setChosen] = useState("");
  const [at, setAt] = useState<number | null>(null);
  const measures = inTime(shape.measures);
  const measure = measures.find(({ column }) => column.name === chosen) ?? measures[0];
  const time = timeOf(shape);
  if (measure === undefined || time === undefined) return null;
  const all = seriesOf(rows, shape, measure);
  const series = all.slice(0, MOST);
  const rest = shape.keys.filter((key) => key !== time);
  const moments = [...new Set(series.flatMap(({ points }) => points.map((point) => point.time)))];
  const times = moments.toSorted((a, b) => a - b);
  const place = Math.min(at ?? times.length - 1, times.length - 1);
  const unfinished = isUnfinished(times, Date.now());
  const sample = series.flatMap(({ points }) => points).find((one) => one.time === times[place]);
  return (
    <>
      <MeasureField measures={measures} value={measure.column.name} onChange={setChosen} />
      <LinePlot
        {...{ series, times, place, unfinished, onPlace: setAt }}
        column={measure.column}
        label={nameOf(text, measure.column.name)}
        moment={sample === undefined ? "" : valueText(time, sample.row, breakdown, i18n)}
      />
      <p class="line-moment">
        {sample !== undefined && valueText(time, sample.row, breakdown, i18n)}
        {unfinished && place === times.length - 1 && ` · ${text.question.unfinished}`}
      </p>
      <ul class="line-legend">
        {series.map(({ key, points }, index) => {
          const point = points.find((one) => one.time === times[place]);
          const [first] = points;
          return (
            <li key={key}>
              <span class={`line-key line-${index}`} aria-hidden="true" />
              {rest.length > 0 && first !== undefined && (
                <span>{labelOf(rest, first.row, breakdown, i18n)}</span>
              )}
              {point === undefined ? (
                <strong class="figure">{format.percent(null)}</strong>
              ) : (
                <Figures {...{ measure, breakdown }} row={point.row} />
              )}
            </li>
          );
        })}
      </ul>
      {all.length > series.length && (
        <p class="muted small">{text.question.moreLines(all.length - series.length)}</p>
      )}
    </>
  );
}
