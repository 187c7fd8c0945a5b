import { useI18n } from "../i18n/context.js";
import { nameOf } from "../i18n/names.js";
import { Select } from "../ui/select.js";
import type { Measure } from "./shape.js";

interface Properties {
  measures: readonly Measure[];
  value: string;
  onChange: (name: string) => void;
}

/** Which measure the picture shows, where there are several. */
export function MeasureField({ measures, value, onChange }: Properties) {
  const { text } = useI18n();
  if (measures.length < 2) return null;
  return (
    <div class="measure-field">
      <Select
        label={text.question.measure}
        value={value}
        choices={measures.map(({ column: { name } }) => ({
          value: name,
          label: nameOf(text, name),
        }))}
        onChange={onChange}
      />
    </div>
  );
}
