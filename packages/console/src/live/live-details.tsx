import type { LiveEventRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { termOf } from "../i18n/terms.js";

export function LiveDetails({ row }: { row: LiveEventRow }) {
  const { text, format } = useI18n();
  const kind = row.known ? text.live.known : text.live.anonymous;
  /** What is shown, and the value itself where that is another. */
  const facts: [name: string, value: string, raw?: string][] = [
    [text.live.received, format.dateTime(row.receivedAt)],
    [text.live.occurred, format.dateTime(row.occurredAt)],
    [text.live.person, `${row.person} (${kind.toLowerCase()})`],
    [text.live.page, row.page],
    [text.live.channel, termOf(text, "channel", row.channel), row.channel],
    [
      text.live.acquisition,
      termOf(text, "acquisitionChannel", row.acquisitionChannel),
      row.acquisitionChannel,
    ],
    [text.live.area, termOf(text, "area", row.area), row.area],
    [
      text.live.device,
      [termOf(text, "device", row.device), row.browser, row.os].filter(Boolean).join(" · "),
      row.device,
    ],
    [text.live.outcome, termOf(text, "outcome", row.outcome), row.outcome],
    [text.live.value, row.value === null ? "" : format.money(row.value, row.currency)],
    [text.live.id, row.id],
  ];
  const properties = Object.keys(row.properties ?? {}).length > 0;
  return (
    <div class="live-details">
      <dl>
        {facts
          .filter(([, value]) => value !== "")
          .map(([name, value, raw]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd title={raw}>{value}</dd>
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
