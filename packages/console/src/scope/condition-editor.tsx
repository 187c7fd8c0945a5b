import { OPERATORS } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { Condition } from "../state/condition.js";
import { IconButton } from "../ui/icon-button.js";
import { Select } from "../ui/select.js";
import { TextField } from "../ui/text-field.js";

interface Properties {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
  /** Examples of properties. */
  hint?: string;
}

export function ConditionEditor({ condition, onChange, onRemove, hint }: Properties) {
  const { text } = useI18n();
  const { property, op, value } = condition;
  const choices = OPERATORS.map((name) => ({ value: name, label: text.builder.operators[name] }));
  return (
    <div class="condition">
      <TextField
        label={text.builder.property}
        hideLabel
        placeholder={hint ?? text.builder.propertyHint}
        value={property}
        onChange={(next) => onChange({ ...condition, property: next })}
      />
      <Select
        label={text.builder.operator}
        hideLabel
        value={op}
        choices={choices}
        onChange={(next) =>
          onChange({ ...condition, op: OPERATORS.find((known) => known === next) ?? op })
        }
      />
      {op !== "exists" && (
        <TextField
          label={text.builder.value}
          hideLabel
          placeholder={op === "in" ? text.builder.values : text.builder.value}
          value={value}
          onChange={(next) => onChange({ ...condition, value: next })}
        />
      )}
      <IconButton icon="remove" label={text.builder.removeCondition} onPress={onRemove} />
    </div>
  );
}
