import type { ComponentProps } from "preact";
import { Icon } from "./icon.js";

interface Properties {
  icon: ComponentProps<typeof Icon>["name"];
  label: string;
  onPress: () => void;
  /** Stays focusable: a button that vanishes from the tab order drops the keyboard user. */
  unavailable?: boolean;
  expanded?: boolean;
  focusKey?: string;
}

export function IconButton({ icon, label, onPress, unavailable, expanded, focusKey }: Properties) {
  return (
    <button
      type="button"
      class="icon-button"
      aria-label={label}
      title={label}
      aria-disabled={unavailable ? "true" : undefined}
      aria-expanded={expanded}
      data-focus={focusKey}
      onClick={() => {
        if (!unavailable) onPress();
      }}
    >
      <Icon name={icon} />
    </button>
  );
}
