import type { EventNameRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { Condition } from "../state/condition.js";
import type { Step } from "../state/funnel-state.js";
import { EventCombobox } from "../ui/event-combobox.js";
import { Icon } from "../ui/icon.js";
import { IconButton } from "../ui/icon-button.js";
import { ConditionEditor } from "../scope/condition-editor.js";

interface Properties {
  step: Step;
  number: number;
  events: readonly EventNameRow[];
  onChange: (step: Step) => void;
}

/** What a step may have beyond its event: other events, and conditions. */
export function StepOptions({ step, number, events, onChange }: Properties) {
  const { text } = useI18n();
  const others = step.events.slice(1);
  const withEvents = (next: string[]): void => {
    onChange({ ...step, events: [step.events[0] ?? "", ...next] });
  };
  const withWhere = (where: Condition[]): void => onChange({ ...step, where });

  return (
    <div class="step-options">
      {others.map((name, at) => (
        <div class="step-or" key={`or-${at}`}>
          <span class="muted small">{text.builder.or}</span>
          <EventCombobox
            label={text.builder.otherEvent(number)}
            value={name}
            events={events}
            focusKey={`or-${number}-${at}`}
            onChange={(next) => withEvents(others.with(at, next))}
          />
          <IconButton
            icon="remove"
            label={text.builder.removeEvent(name)}
            onPress={() => withEvents(others.toSpliced(at, 1))}
          />
        </div>
      ))}
      {step.where.map((condition, at) => (
        <ConditionEditor
          key={`if-${at}`}
          condition={condition}
          onChange={(next) => withWhere(step.where.with(at, next))}
          onRemove={() => withWhere(step.where.toSpliced(at, 1))}
        />
      ))}
      <div class="step-more">
        <button type="button" class="link-button" onClick={() => withEvents([...others, ""])}>
          <Icon name="add" />
          {text.builder.addEvent}
        </button>
        <button
          type="button"
          class="link-button"
          onClick={() => withWhere([...step.where, { property: "", op: "=", value: "" }])}
        >
          <Icon name="add" />
          {text.builder.addCondition}
        </button>
      </div>
    </div>
  );
}
