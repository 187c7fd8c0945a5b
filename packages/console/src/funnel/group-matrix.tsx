import { useState } from "preact/hooks";
import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { IntervalBar } from "../ui/interval-bar.js";
import { groupsOf } from "./groups.js";

/** Groups shown at first: the eye compares a dozen, not a hundred. */
const SHOWN = 12;

/** One row of small bars per group, one column per step, on one scale. */
export function GroupMatrix({ rows }: { rows: readonly FunnelRow[] }) {
  const { text } = useI18n();
  const [all, setAll] = useState(false);
  const groups = groupsOf(rows);
  const shown = all ? groups : groups.slice(0, SHOWN);
  return (
    <>
      <div class="scroll" role="region" aria-labelledby="result-title" tabIndex={0}>
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">{text.result.group}</th>
              {(groups[0]?.steps ?? []).map((step) => (
                <th key={step.step} scope="col">
                  <span class="step-number" aria-hidden="true">
                    {step.step}
                  </span>
                  <span class="matrix-step">{step.name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((group) => (
              <tr key={group.name}>
                <th scope="row">
                  {group.name === "" ? <em>{text.result.unknownGroup}</em> : group.name}
                </th>
                {group.steps.map((row, index) => (
                  <Cell key={row.step} row={row} previous={group.steps[index - 1]} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {groups.length > shown.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {text.result.moreGroups(groups.length - shown.length)}
        </button>
      )}
    </>
  );
}

function Cell({ row, previous }: { row: FunnelRow; previous: FunnelRow | undefined }) {
  const { text, format } = useI18n();
  const first = row.step === 1;
  return (
    <td
      data-testid="funnel-cell"
      data-step={row.step}
      data-group={row.group ?? ""}
      data-people={row.people}
      data-share={row.shareOfFirst ?? ""}
    >
      <div class="cell-line">
        <strong>{format.percent(row.shareOfFirst)}</strong>
        <span class="muted">{format.number(row.people)}</span>
      </div>
      <IntervalBar
        share={row.shareOfFirst ?? 0}
        {...(previous === undefined ? {} : { previous: previous.shareOfFirst ?? 0 })}
        low={first ? null : row.low}
        high={first ? null : row.high}
      />
      <div class="cell-note">
        {!first && row.low !== null && row.high !== null
          ? text.result.intervalShort(format.percent(row.low), format.percent(row.high))
          : " "}
      </div>
    </td>
  );
}
