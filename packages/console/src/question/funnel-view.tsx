import { numberOf, textOf, type Row } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { IntervalBar } from "../ui/interval-bar.js";
import { Figures } from "./figures.js";
import { keyOf, labelOf } from "./labels.js";
import type { PictureProperties } from "./picture-properties.js";
import { drawable } from "./shape.js";

/** Steps one below the other, each with what was lost before it; a funnel for each group. */
export function FunnelView({ rows, shape, breakdown }: PictureProperties) {
  const i18n = useI18n();
  const { keys } = shape;
  const measure = drawable(shape.measures)[0];
  if (measure === undefined) return null;
  const { name, low, high } = measure.column;
  const group = keys.find((key) => key.name === "group");
  const steps = keys.filter((key) => key !== group);
  return (
    <ol class="bars">
      {rows.map((row, place) => {
        const before = previousOf(rows[place - 1], row, group?.name, name);
        return (
          <li
            key={keyOf(keys, row)}
            class="bars-row"
            data-testid="question-bar"
            data-key={keyOf(keys, row)}
            data-value={textOf(row, name)}
          >
            <span class="bars-label">
              {group !== undefined && (
                <span class="muted">{labelOf([group], row, breakdown, i18n)} </span>
              )}
              {labelOf(steps, row, breakdown, i18n)}
            </span>
            <IntervalBar
              share={numberOf(row, name) ?? 0}
              {...(before !== null && { previous: before })}
              low={numberOf(row, low)}
              high={numberOf(row, high)}
            />
            <span class="bars-figures">
              <Figures {...{ measure, row, breakdown }} withN />
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function previousOf(
  before: Row | undefined,
  row: Row,
  group: string | undefined,
  name: string,
): number | null {
  const other = group !== undefined && before?.[group] !== row[group];
  return before === undefined || other ? null : numberOf(before, name);
}
