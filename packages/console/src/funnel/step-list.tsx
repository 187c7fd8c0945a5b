import { useEffect, useRef } from "preact/hooks";
import type { EventNameRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { MAX_STEPS, type Step } from "../state/funnel-state.js";
import { announce } from "../ui/announcer.js";
import { Icon } from "../ui/icon.js";
import { StepEditor } from "./step-editor.js";

interface Properties {
  steps: readonly Step[];
  events: readonly EventNameRow[];
  onChange: (steps: Step[]) => void;
}

/** The steps in their order. The keyboard follows a step that moves, and is never left nowhere. */
export function StepList({ steps, events, onChange }: Properties) {
  const { text } = useI18n();
  const root = useRef<HTMLDivElement>(null);
  const focus = useRef<string | null>(null);
  useEffect(() => {
    if (focus.current === null) return;
    root.current?.querySelector<HTMLElement>(`[data-focus="${focus.current}"]`)?.focus();
    focus.current = null;
  }, [steps]);

  const move = (from: number, to: number): void => {
    const step = steps[from];
    if (step === undefined) return;
    const rest = steps.toSpliced(from, 1);
    focus.current = `${to < from ? "up" : "down"}-${to}`;
    announce(text.builder.moved(to + 1, steps.length));
    onChange(rest.toSpliced(to, 0, step));
  };
  const remove = (index: number): void => {
    focus.current = steps.length === 1 ? "add" : `remove-${Math.min(index, steps.length - 2)}`;
    announce(text.builder.removed(steps.length - 1));
    onChange(steps.toSpliced(index, 1));
  };
  const add = (): void => {
    focus.current = `event-${steps.length}`;
    onChange([...steps, { events: [""], where: [] }]);
  };

  return (
    <div ref={root}>
      <ol class="steps">
        {steps.map((step, index) => (
          <StepEditor
            // Steps have no identity but their place.
            key={index}
            step={step}
            index={index}
            total={steps.length}
            events={events}
            onChange={(next) => onChange(steps.with(index, next))}
            onMove={(by) => move(index, index + by)}
            onRemove={() => remove(index)}
          />
        ))}
      </ol>
      {steps.length < 2 && <p class="muted small">{text.builder.hint}</p>}
      {steps.length < MAX_STEPS && (
        <button
          type="button"
          class="button add-step"
          data-focus="add"
          data-testid="add-step"
          onClick={add}
        >
          <Icon name="add" />
          {text.builder.add}
        </button>
      )}
    </div>
  );
}
