import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { Fact } from "../ui/fact.js";

/** Below this many at the first step, a rate alone misleads. */
const FEW = 100;

/** The four numbers to read first. */
export function Facts({ rows }: { rows: readonly FunnelRow[] }) {
  const { text, format } = useI18n();
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return null;
  const { low, high } = last;
  return (
    <dl class="facts">
      <Fact
        name={text.result.conversion}
        value={format.percent(last.shareOfFirst)}
        note={
          low === null || high === null
            ? ""
            : text.result.interval(format.percent(low), format.percent(high))
        }
        main
      />
      <Fact
        name={text.result.start}
        value={format.number(first.people)}
        note={first.people < FEW ? text.result.small : ""}
      />
      <Fact
        name={text.result.end}
        value={format.number(last.people)}
        note={text.result.lostTotal(format.number(first.people - last.people))}
      />
      <Fact
        name={text.result.time}
        value={format.duration(last.medianTotalSeconds)}
        note={
          last.p90TotalSeconds === null
            ? ""
            : text.result.p90(format.duration(last.p90TotalSeconds))
        }
      />
    </dl>
  );
}
