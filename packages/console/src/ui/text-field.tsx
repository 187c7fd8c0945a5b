interface Properties {
  label: string;
  value: string;
  onChange: (value: string) => void;
  type?: "text" | "date" | "number" | "search";
  placeholder?: string;
  hideLabel?: boolean;
  min?: number;
  /** `change` waits for the end of the edit, `input` follows every key. */
  on?: "change" | "input";
  invalid?: boolean;
}

export function TextField(properties: Properties) {
  const { label, hideLabel } = properties;
  return (
    <label class="field">
      <span class={hideLabel ? "visually-hidden" : "label"}>{label}</span>
      <Input {...properties} />
    </label>
  );
}

function Input({ value, onChange, type, placeholder, min, on = "change", invalid }: Properties) {
  const emit = (event: { currentTarget: HTMLInputElement }): void => {
    onChange(event.currentTarget.value);
  };
  const shared = {
    class: "input",
    value,
    placeholder,
    min,
    "aria-invalid": invalid ? ("true" as const) : undefined,
    spellcheck: false,
    autocomplete: "off",
    onInput: on === "input" ? emit : undefined,
    onChange: on === "change" ? emit : undefined,
  };
  // Preact types each kind of input on its own.
  if (type === "date") return <input {...shared} type="date" />;
  if (type === "number") return <input {...shared} type="number" />;
  if (type === "search") return <input {...shared} type="search" />;
  return <input {...shared} type="text" />;
}
