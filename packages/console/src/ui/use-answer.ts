import { useCallback, useEffect, useState } from "preact/hooks";
import { QueryFailure } from "../api/failure.js";

export interface Pending<A> {
  /** The latest answer, kept in sight while the next one is under way. */
  answer: A | null;
  failure: QueryFailure | null;
  loading: boolean;
  retry: () => void;
}

/** Edits come in bursts: only the last of them asks. Milliseconds. */
const SETTLE = 150;

/**
 * Asks when the key changes and gives up what is no longer wanted. With a null key nothing is
 * asked. When the collector says when to come back, it is asked again by itself.
 */
export function useAnswer<A>(
  ask: (signal: AbortSignal) => Promise<A>,
  /** Of all that the answer depends on. */
  key: string | null,
  /** Whether `ask` leads elsewhere now: another key to the collector, another question. */
  from: unknown,
): Pending<A> {
  const [state, setState] = useState<Omit<Pending<A>, "retry">>({
    answer: null,
    failure: null,
    loading: true,
  });
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    if (key === null) {
      setState({ answer: null, failure: null, loading: false });
      return undefined;
    }
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    setState((previous) => ({ ...previous, loading: true }));
    const run = async (): Promise<void> => {
      try {
        const answer = await ask(abort.signal);
        if (!abort.signal.aborted) setState({ answer, failure: null, loading: false });
      } catch (error) {
        if (abort.signal.aborted) return;
        const failure = asFailure(error);
        setState({ answer: null, failure, loading: false });
        if (failure.retryAfter !== null) {
          again = setTimeout(retry, Math.max(1, failure.retryAfter) * 1000);
        }
      }
    };
    const start = setTimeout(() => void run(), SETTLE);
    return () => {
      clearTimeout(start);
      clearTimeout(again);
      abort.abort();
    };
    // `key` stands for what `ask` asks.
  }, [from, key, attempt]);

  return { ...state, retry };
}

export function asFailure(error: unknown): QueryFailure {
  if (error instanceof QueryFailure) return error;
  return new QueryFailure(0, "unreachable", error instanceof Error ? error.message : "");
}
