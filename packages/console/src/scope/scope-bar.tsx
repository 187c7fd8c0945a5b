import { useI18n } from "../i18n/context.js";
import { scopeOf, type Scope } from "../state/scope.js";
import { BreakdownField } from "./breakdown-field.js";
import { CompareField } from "./compare-field.js";
import { PeriodField } from "./period-field.js";
import { SegmentField } from "./segment-field.js";

interface Properties {
  scope: Scope;
  onChange: (scope: Scope) => void;
}

/** What the whole page is asked about, and every page after it. */
export function ScopeBar({ scope, onChange }: Properties) {
  const { text } = useI18n();
  const change = (edit: Partial<Scope>): void => onChange({ ...scopeOf(scope), ...edit });
  return (
    <section class="panel scope" aria-label={text.scope.title} data-testid="scope">
      <div class="scope-fields">
        <PeriodField period={scope.period} onChange={(period) => change({ period })} />
        <CompareField value={scope.compare} onChange={(compare) => change({ compare })} />
        <BreakdownField value={scope.breakdown} onChange={(breakdown) => change({ breakdown })} />
      </div>
      <SegmentField filters={scope.filters} onChange={(filters) => change({ filters })} />
    </section>
  );
}
