import { useState } from "preact/hooks";
import type { EventNameRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { FunnelState } from "../state/funnel-state.js";
import { Settings } from "./settings.js";
import { StepList } from "./step-list.js";

interface Properties {
  state: FunnelState;
  events: readonly EventNameRow[];
  onChange: (state: FunnelState) => void;
}

/**
 * What is asked. On a narrow screen a finished question folds to one line, so that the answer
 * is what one sees; the stylesheet decides what is narrow.
 */
export function Builder({ state, events, onChange }: Properties) {
  const { text, format } = useI18n();
  const [open, setOpen] = useState(false);
  const edit = (next: FunnelState): void => {
    setOpen(true);
    onChange(next);
  };
  const closed = !open && state.steps.length > 1;
  const period =
    state.period.kind === "last"
      ? text.settings.last(state.period.days)
      : `${format.day(state.period.from)} – ${format.day(state.period.to)}`;
  return (
    <section
      class={closed ? "panel builder is-closed" : "panel builder"}
      aria-labelledby="builder-title"
    >
      <div class="builder-head">
        <h2 id="builder-title">{text.builder.title}</h2>
        <button
          type="button"
          class="button builder-edit"
          aria-expanded={!closed}
          aria-controls="builder-body"
          data-testid="builder-edit"
          onClick={() => setOpen(closed)}
        >
          {closed ? text.builder.edit : text.builder.done}
        </button>
      </div>
      <p class="builder-summary muted">
        {text.builder.summary(
          state.steps.length,
          period,
          format.durationInFull(state.windowSeconds),
        )}
      </p>
      <div class="builder-body" id="builder-body">
        <StepList
          steps={state.steps}
          events={events}
          onChange={(steps) => edit({ ...state, steps })}
        />
        <h2>{text.settings.title}</h2>
        <Settings state={state} onChange={edit} />
      </div>
    </section>
  );
}
