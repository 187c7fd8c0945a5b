import { useI18n } from "../i18n/context.js";
import { COMPARISONS, type Comparison } from "../state/scope.js";
import { Select } from "../ui/select.js";

interface Properties {
  value: Comparison | null;
  onChange: (compare: Comparison | null) => void;
}

export function CompareField({ value, onChange }: Properties) {
  const { text } = useI18n();
  return (
    <Select
      label={text.scope.compare}
      value={value ?? ""}
      choices={[
        { value: "", label: text.scope.compareNone },
        ...COMPARISONS.map((name) => ({ value: name, label: text.scope.comparisons[name] })),
      ]}
      onChange={(next) => onChange(COMPARISONS.find((known) => known === next) ?? null)}
    />
  );
}
