import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { IntervalBar } from "../ui/interval-bar.js";
import type { Outlier } from "./outliers.js";

interface Properties {
  row: FunnelRow;
  previous: FunnelRow | undefined;
  /** When this is the group that departs most at this step. */
  outlier: Outlier | undefined;
}

/** One step of one group; the name of the step shows where there is no column to say it. */
export function GroupCell({ row, previous, outlier }: Properties) {
  const { text, format } = useI18n();
  const later = previous !== undefined;
  return (
    <li
      class={outlier === undefined ? "cell" : "cell cell-outlier"}
      data-testid="funnel-cell"
      data-step={row.step}
      data-group={row.group ?? ""}
      data-people={row.people}
      data-share={row.shareOfFirst ?? ""}
      data-outlier={outlier === undefined ? undefined : isBelow(outlier) ? "below" : "above"}
    >
      <span class="cell-step">
        <span class="step-number">{row.step}</span>
        <span class="matrix-label" title={row.name}>
          {row.name}
        </span>
      </span>
      <strong class="cell-share">{format.percent(row.shareOfFirst)}</strong>
      <span class="cell-people muted">{format.number(row.people)}</span>
      <IntervalBar
        share={row.shareOfFirst ?? 0}
        {...(later ? { previous: previous.shareOfFirst ?? 0 } : {})}
        low={later ? row.low : null}
        high={later ? row.high : null}
      />
      {later && (
        <span class="cell-previous">
          <span class="visually-hidden">{text.result.legendPrevious} </span>
          <span aria-hidden="true">→ </span>
          {format.percent(row.shareOfPrevious)}
        </span>
      )}
      {later && row.low !== null && row.high !== null && (
        <span class="cell-interval">
          <span class="visually-hidden">{text.result.intervalHead} </span>
          {text.result.intervalShort(format.percent(row.low), format.percent(row.high))}
        </span>
      )}
      {outlier !== undefined && (
        <span
          class="tag tag-accent cell-mark"
          title={text.result.departs(format.percent(outlier.share), format.percent(outlier.others))}
        >
          <span aria-hidden="true">{isBelow(outlier) ? "▼" : "▲"} </span>
          {isBelow(outlier) ? text.result.below : text.result.above}
        </span>
      )}
    </li>
  );
}

function isBelow({ share, others }: Outlier): boolean {
  return share < others;
}
