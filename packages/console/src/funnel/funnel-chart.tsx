import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { IntervalBar } from "../ui/interval-bar.js";

/** Each step as a bar of the first step's people, with what is lost and how long it takes. */
export function FunnelChart({ rows }: { rows: readonly FunnelRow[] }) {
  const { text, format } = useI18n();
  const worst = worstStep(rows);
  return (
    <>
      <div class="chart-head" aria-hidden="true">
        <span>{text.result.step}</span>
        <span class="chart-scale">
          <span>{format.percent(0)}</span>
          <span>{text.result.share}</span>
          <span>{format.percent(1)}</span>
        </span>
      </div>
      <ol class="chart">
        {rows.map((row, index) => (
          <ChartStep
            key={row.step}
            row={row}
            previous={rows[index - 1]}
            worst={row.step === worst}
          />
        ))}
      </ol>
      <p class="legend" aria-hidden="true">
        <span class="legend-reached">{text.result.legendReached}</span>
        <span class="legend-lost">{text.result.legendLost}</span>
        <span class="legend-interval">{text.result.intervalHead}</span>
      </p>
    </>
  );
}

interface StepProperties {
  row: FunnelRow;
  previous: FunnelRow | undefined;
  worst: boolean;
}

function ChartStep({ row, previous, worst }: StepProperties) {
  const { text, format } = useI18n();
  const share = row.shareOfFirst ?? 0;
  return (
    <li
      class="chart-step"
      data-testid={`funnel-step-${row.step}`}
      data-people={row.people}
      data-share={row.shareOfFirst ?? ""}
    >
      {previous !== undefined && (
        <p class="chart-between">
          <span class="chart-lost">
            {text.result.lost(
              format.number(previous.people - row.people),
              format.percent(row.shareOfPrevious === null ? null : 1 - row.shareOfPrevious),
            )}
          </span>
          {worst && <span class="tag tag-accent">{text.result.worst}</span>}
          {row.medianSeconds !== null && (
            <span class="muted">
              {text.result.between(
                format.duration(row.medianSeconds),
                format.duration(row.p90Seconds),
              )}
            </span>
          )}
        </p>
      )}
      <div class="chart-row">
        <span class="chart-name">
          <span class="step-number" aria-hidden="true">
            {row.step}
          </span>
          <span class="chart-label">{row.name}</span>
        </span>
        <IntervalBar
          share={share}
          {...(previous === undefined ? {} : { previous: previous.shareOfFirst ?? 0 })}
          low={row.step === 1 ? null : row.low}
          high={row.step === 1 ? null : row.high}
        />
        <span class="chart-figures">
          <strong class="chart-people">{format.number(row.people)}</strong>
          <span class="chart-share">{format.percent(row.shareOfFirst)}</span>
          <span class="chart-interval">
            {row.step > 1 && row.low !== null && row.high !== null && (
              <>
                <span class="visually-hidden">{text.result.intervalHead} </span>
                {text.result.intervalShort(format.percent(row.low), format.percent(row.high))}
              </>
            )}
          </span>
        </span>
      </div>
    </li>
  );
}

/** The step that loses the largest share of those who reached the step before. */
function worstStep(rows: readonly FunnelRow[]): number | null {
  const losses = rows
    .filter((row) => row.step > 1 && row.shareOfPrevious !== null && row.shareOfPrevious < 1)
    .toSorted((a, b) => (a.shareOfPrevious ?? 1) - (b.shareOfPrevious ?? 1));
  return rows.length > 2 ? (losses[0]?.step ?? null) : null;
}
