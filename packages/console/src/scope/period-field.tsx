import { useI18n } from "../i18n/context.js";
import { isDay, PRESET_DAYS, rangeOf, type Period } from "../state/period.js";
import { Select } from "../ui/select.js";
import { TextField } from "../ui/text-field.js";

interface Properties {
  period: Period;
  onChange: (period: Period) => void;
}

export function PeriodField({ period, onChange }: Properties) {
  const { text } = useI18n();
  const choices = [
    ...PRESET_DAYS.map((days) => ({ value: String(days), label: text.settings.last(days) })),
    { value: "custom", label: text.settings.custom },
  ];
  const range = rangeOf(period, Date.now());
  const wrong = range.from > range.to;
  const choose = (value: string): void => {
    const days = PRESET_DAYS.find((days) => String(days) === value);
    onChange(days === undefined ? { kind: "range", ...range } : { kind: "last", days });
  };
  return (
    <>
      <Select
        label={text.settings.period}
        value={period.kind === "last" ? String(period.days) : "custom"}
        choices={choices}
        onChange={choose}
      />
      {period.kind === "range" && (
        <div class="field-pair">
          <TextField
            label={text.settings.from}
            type="date"
            value={period.from}
            invalid={wrong}
            onChange={(from) => isDay(from) && onChange({ ...period, from })}
          />
          <TextField
            label={text.settings.to}
            type="date"
            value={period.to}
            invalid={wrong}
            onChange={(to) => isDay(to) && onChange({ ...period, to })}
          />
          {wrong && (
            <p class="error" role="alert">
              {text.settings.wrongOrder}
            </p>
          )}
        </div>
      )}
    </>
  );
}
