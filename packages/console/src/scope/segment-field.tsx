import { useI18n } from "../i18n/context.js";
import type { Condition } from "../state/condition.js";
import { MAX_FILTERS } from "../state/scope.js";
import { Icon } from "../ui/icon.js";
import { ConditionEditor } from "./condition-editor.js";

interface Properties {
  filters: readonly Condition[];
  onChange: (filters: Condition[]) => void;
}

/** The segment: conditions that all hold. */
export function SegmentField({ filters, onChange }: Properties) {
  const { text } = useI18n();
  return (
    <div class="segment" role="group" aria-label={text.scope.segment}>
      <span class="label">{text.scope.segment}</span>
      {filters.map((filter, index) => (
        <ConditionEditor
          // Conditions have no name of their own; each stands in its place.
          key={index}
          condition={filter}
          hint={text.scope.segmentHint}
          onChange={(next) => onChange(filters.with(index, next))}
          onRemove={() => onChange(filters.toSpliced(index, 1))}
        />
      ))}
      {filters.length < MAX_FILTERS && (
        <button
          type="button"
          class="link-button"
          data-testid="add-filter"
          onClick={() => onChange([...filters, { property: "", op: "=", value: "" }])}
        >
          <Icon name="add" />
          {text.scope.addFilter}
        </button>
      )}
    </div>
  );
}
