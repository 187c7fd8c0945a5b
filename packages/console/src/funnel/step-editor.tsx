import { useState } from "preact/hooks";
import type { EventNameRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { Step } from "../state/funnel-state.js";
import { EventCombobox } from "../ui/event-combobox.js";
import { IconButton } from "../ui/icon-button.js";
import { StepOptions } from "./step-options.js";

interface Properties {
  step: Step;
  index: number;
  total: number;
  events: readonly EventNameRow[];
  onChange: (step: Step) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

export function StepEditor({ step, index, total, events, onChange, onMove, onRemove }: Properties) {
  const { text } = useI18n();
  const number = index + 1;
  const filled = step.events.length > 1 || step.where.length > 0;
  const [opened, setOpened] = useState(false);
  const open = opened || filled;

  return (
    <li class="step" data-testid={`step-${number}`}>
      <div class="step-line">
        <span class="step-number" aria-hidden="true">
          {number}
        </span>
        <EventCombobox
          label={text.builder.event(number)}
          value={step.events[0] ?? ""}
          events={events}
          focusKey={`event-${index}`}
          onChange={(name) => onChange({ ...step, events: step.events.with(0, name) })}
        />
        <div class="step-actions">
          <IconButton
            icon="options"
            label={text.builder.options(number)}
            expanded={open}
            unavailable={filled}
            onPress={() => setOpened(!opened)}
          />
          <IconButton
            icon="up"
            label={text.builder.up(number)}
            unavailable={index === 0}
            focusKey={`up-${index}`}
            onPress={() => onMove(-1)}
          />
          <IconButton
            icon="down"
            label={text.builder.down(number)}
            unavailable={number === total}
            focusKey={`down-${index}`}
            onPress={() => onMove(1)}
          />
          <IconButton
            icon="remove"
            label={text.builder.remove(number)}
            focusKey={`remove-${index}`}
            onPress={onRemove}
          />
        </div>
      </div>
      {open && <StepOptions step={step} number={number} events={events} onChange={onChange} />}
    </li>
  );
}
