import { UNITS } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { FunnelState } from "../state/funnel-state.js";
import { Select } from "../ui/select.js";
import { CompareField } from "../scope/compare-field.js";
import { SegmentField } from "../scope/segment-field.js";
import { BreakdownField } from "../scope/breakdown-field.js";
import { PeriodField } from "../scope/period-field.js";
import { WindowField } from "./window-field.js";

interface Properties {
  state: FunnelState;
  onChange: (state: FunnelState) => void;
}

export function Settings({ state, onChange }: Properties) {
  const { text } = useI18n();
  return (
    <div class="settings">
      <PeriodField period={state.period} onChange={(period) => onChange({ ...state, period })} />
      <WindowField
        seconds={state.windowSeconds}
        onChange={(windowSeconds) => onChange({ ...state, windowSeconds })}
      />
      <Select
        label={text.settings.by}
        value={state.by}
        choices={UNITS.map((unit) => ({ value: unit, label: text.unit[unit] }))}
        onChange={(value) =>
          onChange({ ...state, by: UNITS.find((unit) => unit === value) ?? state.by })
        }
      />
      <BreakdownField
        value={state.breakdown}
        onChange={(breakdown) => onChange({ ...state, breakdown })}
      />
      <CompareField value={state.compare} onChange={(compare) => onChange({ ...state, compare })} />
      <SegmentField
        filters={state.filters}
        onChange={(filters) => onChange({ ...state, filters })}
      />
    </div>
  );
}
