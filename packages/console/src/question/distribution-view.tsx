import { numberOf, textOf, type Column } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Figures } from "./figures.js";
import { facetsOf } from "./facets.js";
import { labelOf } from "./labels.js";
import type { PictureProperties } from "./picture-properties.js";
import { scaleOf } from "./scale.js";
import { drawable } from "./shape.js";
import { valueText } from "./value.js";

/** How often each value was given, a column each; a picture for each of what rows differ in besides. */
export function DistributionView({ rows, shape, breakdown }: PictureProperties) {
  const i18n = useI18n();
  const { keys } = shape;
  const along = alongOf(keys);
  const measure = drawable(shape.measures)[0];
  if (measure === undefined || along === undefined) return null;
  const { name, low, high, kind } = measure.column;
  const rest = keys.filter((key) => key !== along);
  const values = rows.flatMap((row) => [numberOf(row, name) ?? 0, numberOf(row, high) ?? 0]);
  const scale = scaleOf(values, kind === "share" ? 1 : Infinity);
  const percent = (value: number): string => `${(scale.at(value) * 100).toFixed(3)}%`;
  return (
    <>
      {facetsOf(rows, rest).map((facet) => (
        <div key={facet.key} class="distribution-facet">
          {rest.length > 0 && <h3>{labelOf(rest, facet.rows[0] ?? {}, breakdown, i18n)}</h3>}
          <p class="visually-hidden">{nameOf(i18n.text, along.name)}</p>
          <ol class="distribution">
            {facet.rows.map((row) => (
              <li key={textOf(row, along.name)} data-value={textOf(row, name)}>
                <span class="distribution-label">{valueText(along, row, breakdown, i18n)}</span>
                <span class="distribution-column" aria-hidden="true">
                  <span
                    class="distribution-fill"
                    style={{ height: percent(numberOf(row, name) ?? 0) }}
                  />
                  {numberOf(row, low) !== null && (
                    <span
                      class="distribution-whisker"
                      style={{
                        bottom: percent(numberOf(row, low) ?? 0),
                        height: `calc(${percent(numberOf(row, high) ?? 0)} - ${percent(numberOf(row, low) ?? 0)})`,
                      }}
                    />
                  )}
                </span>
                <span class="distribution-figures">
                  <Figures {...{ measure, row, breakdown }} />
                </span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </>
  );
}

/** The scale: a whole number, else what rows are told apart by last. */
export const alongOf = (keys: readonly Column[]): Column | undefined =>
  keys.find(({ type }) => type === "integer") ??
  keys.find(({ name }) => name === "score") ??
  keys.at(-1);
