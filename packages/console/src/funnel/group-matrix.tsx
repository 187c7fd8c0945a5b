import { useState } from "preact/hooks";
import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { GroupCell } from "./group-cell.js";
import { groupLabel, isInTime } from "./group-label.js";
import { groupsOf, type Group } from "./groups.js";
import type { Maturity } from "./maturity.js";
import { outliersOf, type Outlier } from "./outliers.js";

/** Groups shown at first: the eye compares a dozen, not a hundred; of dates, the latest month. */
const SHOWN = 12;
const DATES_SHOWN = 31;

interface Properties {
  rows: readonly FunnelRow[];
  breakdown: string;
  maturity: Maturity;
  windowSeconds: number;
}

/**
 * A line of small bars per group, a column per step, all of one width and on one scale; where there
 * is no room for columns, a block per group.
 */
export function GroupMatrix(properties: Properties) {
  const { rows, breakdown, maturity, windowSeconds } = properties;
  const { text, format } = useI18n();
  const [all, setAll] = useState(false);
  const groups = groupsOf(rows, breakdown);
  const some = isInTime(breakdown) ? groups.slice(-DATES_SHOWN) : groups.slice(0, SHOWN);
  const shown = all ? groups : some;
  const steps = groups[0]?.steps ?? [];
  // A week that is not over loses people at every step because it is not over.
  const outliers = outliersOf(groups.filter(({ name }) => maturity(name) !== "running"));
  return (
    <div class="matrix-room">
      <div class="scroll" role="group" aria-labelledby="result-title" tabIndex={0}>
        <div class="matrix" style={{ "--steps": String(steps.length) }}>
          <div class="matrix-head" aria-hidden="true">
            <span class="matrix-name">{text.result.group}</span>
            {steps.map((step) => (
              <StepName key={step.step} row={step} />
            ))}
          </div>
          <ul>
            {shown.map((group) => (
              <Line
                key={group.name}
                group={group}
                breakdown={breakdown}
                note={
                  maturity(group.name) === "full"
                    ? ""
                    : text.result.young(format.durationInFull(windowSeconds))
                }
                outliers={outliers.filter((outlier) => outlier.group === group.name)}
              />
            ))}
          </ul>
        </div>
      </div>
      {groups.length > shown.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          {text.result.moreGroups(groups.length - shown.length)}
        </button>
      )}
      <div class="matrix-legend">
        <p aria-hidden="true">→ {text.result.legendPrevious}</p>
        {outliers.length > 0 && <p>{text.result.legendDeparts}</p>}
      </div>
    </div>
  );
}

function StepName({ row }: { row: FunnelRow }) {
  return (
    <span class="matrix-step" title={row.name}>
      <span class="step-number">{row.step}</span>
      <span class="matrix-label">{row.name}</span>
    </span>
  );
}

interface LineProperties {
  group: Group;
  breakdown: string;
  /** What to know before the numbers are compared. */
  note: string;
  outliers: readonly Outlier[];
}

function Line({ group, breakdown, note, outliers }: LineProperties) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const label = groupLabel(group.name, breakdown, i18n);
  return (
    <li class="matrix-group">
      <h3 class="matrix-name" title={group.name}>
        {group.name === "" ? <em>{label}</em> : label}{" "}
        {note !== "" && <small class="matrix-note">{note}</small>}
      </h3>
      <p class="matrix-conversion">
        {text.result.conversion}{" "}
        <strong>{format.percent(group.steps.at(-1)?.shareOfFirst ?? null)}</strong>
      </p>
      <ol class="matrix-cells">
        {group.steps.map((row, index) => (
          <GroupCell
            key={row.step}
            row={row}
            previous={group.steps[index - 1]}
            outlier={outliers.find((outlier) => outlier.step === row.step)}
          />
        ))}
      </ol>
    </li>
  );
}
