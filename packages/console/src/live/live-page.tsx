import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Ask } from "../api/client.js";
import { useI18n } from "../i18n/context.js";
import type { LiveState } from "../state/route.js";
import { announce } from "../ui/announcer.js";
import { FailureNotice } from "../ui/failure-notice.js";
import { Icon } from "../ui/icon.js";
import { Notice } from "../ui/notice.js";
import { TextField } from "../ui/text-field.js";
import { Activity } from "./activity.js";
import { batchArrivals } from "./batch-arrivals.js";
import { LiveRow } from "./live-row.js";
import { KEPT, matching } from "./stream.js";
import { useStream } from "./use-stream.js";

const ANNOUNCE_EVERY = 10_000;

interface Properties {
  ask: Ask;
  state: LiveState;
  onState: (state: LiveState) => void;
}

/** The latest events as they arrive, under the last day's activity. */
export function LivePage({ ask, state, onState }: Properties) {
  const { text } = useI18n();
  const texts = useRef(text);
  texts.current = text;
  const arrivals = useMemo(
    () => batchArrivals((count) => announce(texts.current.live.arrived(count)), ANNOUNCE_EVERY),
    [],
  );
  useEffect(() => arrivals.stop, [arrivals]);
  const { rows, failure, paused, setPaused, retry } = useStream(ask, arrivals.add);
  const shown = matching(rows ?? [], state.find, state.bots);
  const status = paused ? "paused" : failure === null ? "running" : "waiting";

  return (
    <div class="live-page">
      <h1 class="visually-hidden">{text.live.title}</h1>
      <Activity ask={ask} />
      <section class="panel" aria-labelledby="stream-title">
        <div class="live-head">
          <h2 id="stream-title">{text.live.stream}</h2>
          <span class={`live-status live-status-${status}`} data-testid="live-status">
            {text.live[status]}
          </span>
          <div class="live-tools">
            <TextField
              label={text.live.find}
              hideLabel
              type="search"
              on="input"
              placeholder={text.live.findHint}
              value={state.find}
              onChange={(find) => onState({ ...state, find })}
            />
            <label class="check">
              <input
                type="checkbox"
                checked={state.bots}
                onChange={(event) => onState({ ...state, bots: event.currentTarget.checked })}
              />
              <span>{text.live.bots}</span>
            </label>
            <button
              type="button"
              class="button"
              data-testid="live-pause"
              onClick={() => setPaused(!paused)}
            >
              <Icon name={paused ? "play" : "pause"} />
              {paused ? text.live.resume : text.live.pause}
            </button>
          </div>
        </div>
        {failure !== null && <FailureNotice failure={failure} retry={retry} />}
        {rows !== null && rows.length === 0 && (
          <Notice title={text.live.emptyTitle}>{text.live.empty}</Notice>
        )}
        {rows !== null && rows.length > 0 && shown.length === 0 && (
          <Notice title={text.live.noMatchTitle}>{text.live.noMatch}</Notice>
        )}
        {rows === null && failure === null && <p class="muted waiting">{text.result.loading}</p>}
        <ul class="live-list">
          {shown.map((row) => (
            <LiveRow key={row.id} row={row} />
          ))}
        </ul>
        {(rows?.length ?? 0) >= KEPT && <p class="muted small">{text.live.bounded(KEPT)}</p>}
      </section>
    </div>
  );
}
