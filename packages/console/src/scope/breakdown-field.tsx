import { useState } from "preact/hooks";
import { useI18n } from "../i18n/context.js";
import { Select } from "../ui/select.js";
import { TextField } from "../ui/text-field.js";

const PREFIX = "properties.";

interface Properties {
  value: string;
  onChange: (breakdown: string) => void;
}

export function BreakdownField({ value, onChange }: Properties) {
  const { text } = useI18n();
  const [choosing, setChoosing] = useState(false);
  const names = Object.entries(text.settings.breakdowns);
  const property = value.startsWith(PREFIX) || choosing;
  return (
    <>
      <Select
        label={text.settings.breakdown}
        value={property ? PREFIX : value}
        choices={[
          { value: "", label: text.settings.none },
          ...names.map(([name, label]) => ({ value: name, label })),
          { value: PREFIX, label: text.settings.property },
        ]}
        onChange={(next) => {
          setChoosing(next === PREFIX);
          if (next !== PREFIX) onChange(next);
        }}
      />
      {property && (
        <TextField
          label={text.settings.propertyName}
          placeholder="plan"
          value={value.startsWith(PREFIX) ? value.slice(PREFIX.length) : ""}
          onChange={(name) => onChange(name.trim() === "" ? "" : PREFIX + name.trim())}
        />
      )}
    </>
  );
}
