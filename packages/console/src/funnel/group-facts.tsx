import type { FunnelRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { Fact } from "../ui/fact.js";
import { groupLabel } from "./group-label.js";
import { extremes, groupsOf, type Group } from "./groups.js";
import type { Maturity } from "./maturity.js";

interface Properties {
  rows: readonly FunnelRow[];
  breakdown: string;
  maturity: Maturity;
}

export function GroupFacts({ rows, breakdown, maturity }: Properties) {
  const i18n = useI18n();
  const { text, format } = i18n;
  const groups = groupsOf(rows, breakdown);
  const ends = extremes(groups.filter(({ name }) => maturity(name) !== "running"));
  const fact = (title: string, group: Group) => {
    const last = group.steps.at(-1);
    const { low = null, high = null } = last ?? {};
    return (
      <Fact
        name={title}
        value={format.percent(last?.shareOfFirst ?? null)}
        note={[
          groupLabel(group.name, breakdown, i18n),
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
