import { useI18n } from "../i18n/context.js";
import { fieldLabel } from "../i18n/names.js";

const USUAL = ["device", "channel", "acquisitionChannel", "area", "week"] as const;

/** What stands on the page about groups while no field makes any. */
export function ChooseGroup({ onChoose }: { onChoose: (breakdown: string) => void }) {
  const { text } = useI18n();
  return (
    <div class="notice">
      <p class="notice-title">{text.scope.chooseTitle}</p>
      <p class="notice-body">{text.scope.choose}</p>
      <p class="choices">
        {USUAL.map((field) => (
          <button
            key={field}
            type="button"
            class="button"
            data-testid={`group-${field}`}
            onClick={() => onChoose(field)}
          >
            {fieldLabel(text, field)}
          </button>
        ))}
      </p>
    </div>
  );
}
