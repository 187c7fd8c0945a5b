import { useId, useState } from "preact/hooks";
import type { LiveEventRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { termOf } from "../i18n/terms.js";
import { LiveDetails } from "./live-details.js";

/** Milliseconds between what happened and its reception that are worth a word. */
const LATE = 60_000;

/** One event on one line; its button opens everything that is known of it. */
export function LiveRow({ row }: { row: LiveEventRow }) {
  const { text, format } = useI18n();
  const [open, setOpen] = useState(false);
  const id = useId();
  const channel = row.channel === "web" ? "" : row.channel;
  const shown = [termOf(text, "device", row.device), row.browser, termOf(text, "channel", channel)];
  const raw = [row.device, row.browser, channel];
  return (
    <li class="live-row" data-testid="live-row" data-id={row.id} data-name={row.name}>
      <button
        type="button"
        class="live-line"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <time class="live-time" dateTime={row.receivedAt}>
          {format.time(row.receivedAt)}
        </time>
        <span class="live-name">
          {row.name}
          {row.bot && <span class="tag">{text.live.bot}</span>}
          {(row.outcome === "success" || row.outcome === "failure") && (
            <span class={`tag tag-${row.outcome}`}>{termOf(text, "outcome", row.outcome)}</span>
          )}
          {isLate(row) && (
            <time
              class="live-happened"
              dateTime={row.occurredAt}
              title={format.dateTime(row.occurredAt)}
            >
              {text.live.happened(format.ago(row.occurredAt, Date.now()))}
            </time>
          )}
        </span>
        <span class="live-page-name">{row.page}</span>
        <span class="live-person">
          <span class="visually-hidden">{row.known ? text.live.known : text.live.anonymous} </span>
          <span class={row.known ? "dot dot-known" : "dot"} aria-hidden="true" />
          {shortened(row.person)}
        </span>
        <span class="live-where" title={joined(raw)}>
          {joined(shown)}
        </span>
      </button>
      <div id={id} hidden={!open}>
        {open && <LiveDetails row={row} />}
      </div>
    </li>
  );
}

/** Whether it came long after it happened: imported, or kept on a device that was offline. */
function isLate(row: LiveEventRow): boolean {
  return Date.parse(row.receivedAt) - Date.parse(row.occurredAt) > LATE;
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

/** The end of an identifier: UUIDv7 made together begin alike. */
function shortened(person: string): string {
  return person.length > 20 ? `…${person.slice(-8)}` : person;
}
