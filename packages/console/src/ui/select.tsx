interface Choice {
  value: string;
  label: string;
}

interface Properties {
  label: string;
  value: string;
  choices: readonly Choice[];
  onChange: (value: string) => void;
  hideLabel?: boolean;
}

export function Select({ label, value, choices, onChange, hideLabel }: Properties) {
  return (
    <label class="field">
      <span class={hideLabel ? "visually-hidden" : "label"}>{label}</span>
      <select
        class="input select"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    </label>
  );
}
