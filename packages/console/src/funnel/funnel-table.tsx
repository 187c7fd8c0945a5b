import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { groupLabel } from "./group-label.js";
import { groupsOf } from "./groups.js";

interface Properties {
  rows: readonly FunnelRow[];
  breakdown: string;
}

/** The same numbers as the picture, all of them, as a table. */
export function FunnelTable({ rows, breakdown }: Properties) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const grouped = rows.some((row) => row.group !== undefined);
  const sorted = grouped ? groupsOf(rows, breakdown).flatMap((group) => group.steps) : rows;
  const head = [
    text.result.ofFirst,
    text.result.intervalHead,
    text.result.ofPrevious,
    text.result.median,
    text.result.p90Head,
    text.result.medianTotal,
    text.result.p90Total,
  ];
  return (
    <div class="scroll" role="group" aria-labelledby="result-title" tabIndex={0}>
      <table class="data" data-testid="funnel-table">
        <thead>
          <tr>
            {grouped && <th scope="col">{text.result.group}</th>}
            <th scope="col">{text.result.step}</th>
            <th scope="col" class="number">
              n
            </th>
            {head.map((title) => (
              <th key={title} scope="col" class="number">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr
              key={`${row.group ?? ""} ${row.step}`}
              data-testid={grouped ? "funnel-cell" : `funnel-step-${row.step}`}
              data-step={row.step}
              data-group={row.group ?? ""}
              data-people={row.people}
              data-share={row.shareOfFirst ?? ""}
            >
              {grouped && <td title={row.group}>{groupLabel(row.group ?? "", breakdown, i18n)}</td>}
              <th scope="row">
                <span class="muted">{row.step}</span> {row.name}
              </th>
              <td class="number">
                <strong>{format.number(row.people)}</strong>
              </td>
              <td class="number">{format.percent(row.shareOfFirst)}</td>
              <td class="number">
                {row.low === null || row.high === null
                  ? format.percent(null)
                  : text.result.intervalShort(format.percent(row.low), format.percent(row.high))}
              </td>
              <td class="number">{format.percent(row.step === 1 ? null : row.shareOfPrevious)}</td>
              <td class="number">{format.duration(row.medianSeconds)}</td>
              <td class="number">{format.duration(row.p90Seconds)}</td>
              <td class="number">{format.duration(row.medianTotalSeconds)}</td>
              <td class="number">{format.duration(row.p90TotalSeconds)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
