import type { Meta } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import type { FunnelState } from "../state/funnel-state.js";
import type { Range } from "../state/period.js";

interface Properties {
  state: FunnelState;
  range: Range;
  meta: Meta;
}

/** What the numbers beside it mean, in words, and what they cost. */
export function Definition({ state, range, meta }: Properties) {
  const { text, format } = useI18n();
  return (
    <div class="definition">
      <h3>{text.result.definition}</h3>
      <p>
        {text.result.rule(
          text.counted[state.by](1),
          format.day(range.from),
          format.day(range.to),
          format.durationInFull(state.windowSeconds),
        )}{" "}
        {text.result[state.by]}{" "}
        {state.breakdown !== "" && `${text.result.groupRule(text.counted[state.by](1))} `}
        {text.result.statistics}
      </p>
      <p class="muted">
        {text.result.answered(
          format.number(Math.round(meta.elapsedMs)),
          format.number(meta.rowsRead),
        )}
      </p>
    </div>
  );
}
