import { useState } from "preact/hooks";
import { useI18n } from "../i18n/context.js";
import { MAX_WINDOW_SECONDS } from "../state/funnel-state.js";
import { splitLength, UNIT_SECONDS, type LengthUnit } from "../state/length.js";
import { Select } from "../ui/select.js";
import { TextField } from "../ui/text-field.js";

const PRESETS = { hour: 3600, day: 86_400, week: 7 * 86_400, month: 30 * 86_400 } as const;

interface Properties {
  seconds: number;
  onChange: (seconds: number) => void;
}

/** How long someone may take from the first step to the last. */
export function WindowField({ seconds, onChange }: Properties) {
  const { text } = useI18n();
  const usual = Object.values(PRESETS).some((preset) => preset === seconds);
  const [custom, setCustom] = useState(!usual);
  const length = splitLength(seconds);
  const set = (count: number, unit: LengthUnit): void => {
    const next = Math.round(count) * UNIT_SECONDS[unit];
    if (next > 0) onChange(Math.min(next, MAX_WINDOW_SECONDS));
  };
  const presets = [
    { value: String(PRESETS.hour), label: text.settings.windows.hour },
    { value: String(PRESETS.day), label: text.settings.windows.day },
    { value: String(PRESETS.week), label: text.settings.windows.week },
    { value: String(PRESETS.month), label: text.settings.windows.month },
    { value: "custom", label: text.settings.custom },
  ];
  const units = [
    { value: "minutes", label: text.settings.units.minutes },
    { value: "hours", label: text.settings.units.hours },
    { value: "days", label: text.settings.units.days },
  ];
  const open = custom || !usual;
  return (
    <>
      <Select
        label={text.settings.window}
        value={open ? "custom" : String(seconds)}
        choices={presets}
        onChange={(value) => {
          setCustom(value === "custom");
          if (value !== "custom") onChange(Number(value));
        }}
      />
      {open && (
        <div class="field-pair">
          <TextField
            label={text.settings.length}
            type="number"
            min={1}
            value={String(length.count)}
            onChange={(value) => set(Number(value), length.unit)}
          />
          <Select
            label={text.settings.lengthUnit}
            value={length.unit}
            choices={units}
            onChange={(value) => {
              if (value === "minutes" || value === "hours" || value === "days") {
                set(length.count, value);
              }
            }}
          />
        </div>
      )}
    </>
  );
}
