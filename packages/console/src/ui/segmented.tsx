import type { ComponentProps } from "preact";
import { Icon } from "./icon.js";

interface Option<T extends string> {
  value: T;
  label: string;
  icon: ComponentProps<typeof Icon>["name"];
}

interface Properties<T extends string> {
  label: string;
  value: T;
  options: readonly Option<T>[];
  onChange: (value: T) => void;
}

/** A choice of two or three, all in sight: buttons that say which one is pressed. */
export function Segmented<T extends string>(properties: Properties<T>) {
  const { label, value, options, onChange } = properties;
  return (
    <div class="segmented" role="group" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onChange(option.value)}
        >
          <Icon name={option.icon} />
          {option.label}
        </button>
      ))}
    </div>
  );
}
