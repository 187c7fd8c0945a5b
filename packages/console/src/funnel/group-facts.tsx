import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { Fact } from "../ui/fact.js";
import { extremes, groupsOf, type Group } from "./groups.js";

export function GroupFacts({ rows }: { rows: readonly FunnelRow[] }) {
  const { text, format } = useI18n();
  const groups = groupsOf(rows);
  const ends = extremes(groups);
  const fact = (title: string, group: Group) => {
    const last = group.steps.at(-1);
    const { low = null, high = null } = last ?? {};
    return (
      <Fact
        name={title}
        value={format.percent(last?.shareOfFirst ?? null)}
        note={[
          group.name === "" ? text.result.unknownGroup : group.name,
          low === null || high === null
            ? ""
            : text.result.intervalShort(format.percent(low), format.percent(high)),
        ]
          .filter((part) => part !== "")
          .join(" · ")}
      />
    );
  };
  return (
    <dl class="facts">
      {ends !== null && fact(text.result.highest, ends.highest)}
      {ends !== null && fact(text.result.lowest, ends.lowest)}
      <Fact name={text.result.groups} value={format.number(groups.length)} note="" />
    </dl>
  );
}
