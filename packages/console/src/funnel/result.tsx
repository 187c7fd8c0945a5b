import type { FunnelRow } from "../api/types.js";
import { funnelCsv } from "../export/funnel-csv.js";
import { useI18n } from "../i18n/context.js";
import type { FunnelState, View } from "../state/funnel-state.js";
import type { Range } from "../state/period.js";
import { FailureNotice } from "../ui/failure-notice.js";
import { Notice } from "../ui/notice.js";
import { Segmented } from "../ui/segmented.js";
import { Tools } from "../ui/tools.js";
import type { Query } from "../ui/use-query.js";
import { Definition } from "./definition.js";
import { Facts } from "./facts.js";
import { FunnelChart } from "./funnel-chart.js";
import { FunnelTable } from "./funnel-table.js";
import { GroupFacts } from "./group-facts.js";
import { GroupMatrix } from "./group-matrix.js";
import { endOf, maturityOf } from "./maturity.js";

interface Properties {
  state: FunnelState;
  range: Range;
  names: Query<"event_names">;
  funnel: Query<"funnel">;
  /** False while the funnel has too few steps to be asked. */
  asked: boolean;
  onView: (view: View) => void;
}

export function Result({ state, range, names, funnel, asked, onView }: Properties) {
  const { text } = useI18n();
  const busy = funnel.loading || (names.loading && names.answer === null);
  return (
    <section
      class={busy ? "panel result is-loading" : "panel result"}
      aria-labelledby="result-title"
      aria-busy={busy}
      data-testid="result"
    >
      <div class="result-head">
        <h2 id="result-title">{text.result.title}</h2>
        <Segmented
          label={text.result.view}
          value={state.view}
          options={[
            { value: "chart", label: text.result.chart, icon: "chart" },
            { value: "table", label: text.result.table, icon: "table" },
          ]}
          onChange={onView}
        />
      </div>
      <div class="progress" aria-hidden="true" />
      <Body {...{ state, range, names, funnel, asked, busy }} />
    </section>
  );
}

function Body(properties: Omit<Properties, "onView"> & { busy: boolean }) {
  const { state, range, names, funnel, asked, busy } = properties;
  const { text, format } = useI18n();
  if (funnel.failure !== null) {
    return <FailureNotice failure={funnel.failure} retry={funnel.retry} />;
  }
  if (names.failure !== null && !asked) {
    return <FailureNotice failure={names.failure} retry={names.retry} />;
  }
  if (!asked && !busy) return <TooFew none={names.answer?.rows.length === 0} />;
  if (funnel.answer === null) return <p class="muted waiting">{text.result.loading}</p>;
  const { rows, meta } = funnel.answer;
  const { withheld } = meta;
  const left = text.result.withheld(withheld, format.number(withheld));
  return (
    <>
      {rows.some((row) => row.people > 0) ? (
        <>
          <Picture rows={rows} state={state} range={range} />
          {withheld > 0 && <p class="muted">{left}</p>}
        </>
      ) : withheld > 0 ? (
        <Notice title={text.result.withheldTitle}>{left}</Notice>
      ) : (
        <Notice title={text.result.nobodyTitle}>{text.result.nobody}</Notice>
      )}
      <Definition state={state} range={range} meta={meta} />
      <Tools
        meta={meta}
        file={{
          name: `balise-funnel-${range.from}-${range.to}.csv`,
          content: () => funnelCsv(rows),
        }}
      />
    </>
  );
}

interface PictureProperties {
  rows: readonly FunnelRow[];
  state: FunnelState;
  range: Range;
}

function Picture({ rows, state, range }: PictureProperties) {
  const { view, breakdown, windowSeconds } = state;
  const end = endOf(range.to, Date.now());
  const maturity = (name: string) => maturityOf(name, breakdown, windowSeconds, end);
  const grouped = rows.some((row) => row.group !== undefined);
  return (
    <>
      {grouped ? <GroupFacts {...{ rows, breakdown, maturity }} /> : <Facts rows={rows} />}
      {view === "table" && <FunnelTable rows={rows} breakdown={breakdown} />}
      {view === "chart" &&
        (grouped ? (
          <GroupMatrix {...{ rows, breakdown, maturity, windowSeconds }} />
        ) : (
          <FunnelChart rows={rows} />
        ))}
    </>
  );
}

function TooFew({ none }: { none: boolean }) {
  const { text } = useI18n();
  if (!none) return <Notice title={text.result.fewTitle}>{text.result.few}</Notice>;
  return (
    <Notice title={text.result.noEventsTitle}>
      <p>{text.result.noEvents}</p>
      <a class="button" href="#/live">
        {text.result.openLive}
      </a>
    </Notice>
  );
}
