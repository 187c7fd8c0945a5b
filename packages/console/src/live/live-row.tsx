import { useId, useState } from "preact/hooks";
import type { LiveEventRow } from "../api/types.js";
import { useI18n } from "../i18n/context.js";
import { LiveDetails } from "./live-details.js";

/** One event on one line; its button opens everything that is known of it. */
export function LiveRow({ row }: { row: LiveEventRow }) {
  const { text, format } = useI18n();
  const [open, setOpen] = useState(false);
  const id = useId();
  const where = [row.device, row.browser, row.channel === "web" ? "" : row.channel];
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
            <span class={`tag tag-${row.outcome}`}>{text.live.outcomes[row.outcome]}</span>
          )}
        </span>
        <span class="live-page-name">{row.page}</span>
        <span class="live-person">
          <span class="visually-hidden">{row.known ? text.live.known : text.live.anonymous} </span>
          <span class={row.known ? "dot dot-known" : "dot"} aria-hidden="true" />
          {shortened(row.person)}
        </span>
        <span class="live-where">{where.filter((part) => part !== "").join(" · ")}</span>
      </button>
      <div id={id} hidden={!open}>
        {open && <LiveDetails row={row} />}
      </div>
    </li>
  );
}

/** The end of an identifier: UUIDv7 made together begin alike. */
function shortened(person: string): string {
  return person.length > 20 ? `…${person.slice(-8)}` : person;
}
