import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Ask } from "../api/client.js";
import type { QueryFailure } from "../api/failure.js";
import type { LiveEventRow } from "../api/types.js";
import { asFailure } from "../ui/use-answer.js";
import { KEPT, merge, nextAfter } from "./stream.js";

const INTERVAL = 2000;
const LONGEST_WAIT = 30_000;

export interface Stream {
  /** Null until the first answer. */
  rows: LiveEventRow[] | null;
  failure: QueryFailure | null;
  paused: boolean;
  setPaused: (paused: boolean) => void;
  /** Polls at once instead of at the end of the wait. */
  retry: () => void;
}

/**
 * Polls for the latest events, one request at a time: not while paused, not while the tab is
 * hidden, and more and more seldom while the collector does not answer.
 */
export function useStream(ask: Ask, onArrived: (count: number) => void): Stream {
  const [rows, setRows] = useState<LiveEventRow[] | null>(null);
  const [failure, setFailure] = useState<QueryFailure | null>(null);
  const [paused, setPaused] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  const kept = useRef<LiveEventRow[] | null>(null);
  const arrived = useRef(onArrived);
  arrived.current = onArrived;

  const poll = useCallback(
    async (signal: AbortSignal): Promise<void> => {
      const known = kept.current;
      const after = nextAfter(known ?? []);
      const parameters = after === undefined ? { limit: 50 } : { limit: KEPT, after };
      const answer = await ask("live_events", parameters, signal);
      const merged = merge(known ?? [], answer.rows);
      kept.current = merged.rows;
      if (known === null || merged.arrived > 0) setRows(merged.rows);
      if (known !== null && merged.arrived > 0) arrived.current(merged.arrived);
    },
    [ask],
  );

  useEffect(() => {
    if (paused) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let wait = INTERVAL;
    let running = false;
    const run = async (): Promise<void> => {
      clearTimeout(timer);
      if (running || document.hidden) return;
      running = true;
      try {
        await poll(abort.signal);
        wait = INTERVAL;
        setFailure(null);
      } catch (error) {
        if (abort.signal.aborted) return;
        const failure = asFailure(error);
        setFailure(failure);
        wait = Math.max((failure.retryAfter ?? 0) * 1000, Math.min(wait * 2, LONGEST_WAIT));
      } finally {
        running = false;
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void run(), wait);
    };
    const wake = (): void => void run();
    document.addEventListener("visibilitychange", wake);
    void run();
    return () => {
      document.removeEventListener("visibilitychange", wake);
      clearTimeout(timer);
      abort.abort();
    };
  }, [poll, paused, attempt]);

  return { rows, failure, paused, setPaused, retry };
}
