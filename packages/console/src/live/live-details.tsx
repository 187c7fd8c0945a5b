import type { LiveEventRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";

export function LiveDetails({ row }: { row: LiveEventRow }) {
  const { text, format } = useI18n();
  const outcome =
    row.outcome === "success" || row.outcome === "failure" || row.outcome === "unknown"
      ? text.live.outcomes[row.outcome]
      : row.outcome;
  const kind = row.known ? text.live.known : text.live.anonymous;
  const facts: [string, string][] = [
    [text.live.received, format.dateTime(row.receivedAt)],
    [text.live.occurred, format.dateTime(row.occurredAt)],
    [text.live.person, `${row.person} (${kind.toLowerCase()})`],
    [text.live.page, row.page],
    [text.live.channel, row.channel],
    [text.live.acquisition, row.acquisitionChannel],
    [text.live.area, row.area],
    [text.live.device, [row.device, row.browser, row.os].filter((part) => part !== "").join(" · ")],
    [text.live.outcome, outcome],
    [text.live.value, row.value === null ? "" : format.money(row.value, row.currency)],
    [text.live.id, row.id],
  ];
  const properties = Object.keys(row.properties ?? {}).length > 0;
  return (
    <div class="live-details">
      <dl>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      <div>
        <h3>{text.live.properties}</h3>
        {properties ? (
          <pre tabIndex={0}>{JSON.stringify(row.properties, null, 2)}</pre>
        ) : (
          <p class="muted">{text.live.noProperties}</p>
        )}
      </div>
    </div>
  );
}
