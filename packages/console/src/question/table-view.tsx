import { useState } from "preact/hooks";
import { textOf, type Column } from "../api/column.js";
import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Figures } from "./figures.js";
import { headOf, keyOf } from "./labels.js";
import { MoreRows } from "./more-rows.js";
import type { PictureProperties } from "./picture-properties.js";
import { valueText } from "./value.js";

/** More rows than this are not read at once. */
const PAGE = 15;

const TEXTS: readonly Column["kind"][] = ["dimension", "day", "moment", "flag", "object", "list"];
const isText = ({ kind }: Column): boolean => TEXTS.includes(kind);

interface Properties extends PictureProperties {
  /** Of the heading that names the table. */
  titleId: string;
}

/** Every column of every row, intervals beside what they belong to. */
export function TableView({ rows, shape, breakdown, titleId }: Properties) {
  const i18n = useI18n();
  const { text } = i18n;
  const [all, setAll] = useState(false);
  const { keys, measures } = shape;
  const shown = all ? rows : rows.slice(0, PAGE);
  return (
    <>
      <div class="scroll" role="group" aria-labelledby={titleId} tabIndex={0}>
        <table class="data data-question">
          <thead>
            <tr>
              {keys.map((key) => (
                <th key={key.name} scope="col">
                  {headOf(key, breakdown, text)}
                </th>
              ))}
              {measures.map(({ column }) => (
                <th key={column.name} scope="col" class={isText(column) ? undefined : "number"}>
                  {nameOf(text, column.name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={keyOf(keys, row)}>
                {keys.map((key, place) =>
                  place === 0 ? (
                    <th key={key.name} scope="row" title={textOf(row, key.name)}>
                      {valueText(key, row, breakdown, i18n)}
                    </th>
                  ) : (
                    <td key={key.name} title={textOf(row, key.name)}>
                      {valueText(key, row, breakdown, i18n)}
                    </td>
                  ),
                )}
                {measures.map((measure) => (
                  <td
                    key={measure.column.name}
                    class={isText(measure.column) ? "data-text" : "number"}
                    data-column={measure.column.name}
                    data-value={textOf(row, measure.column.name)}
                  >
                    <Figures {...{ measure, row, breakdown }} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <MoreRows hidden={rows.length - shown.length} onShow={() => setAll(true)} />
    </>
  );
}
