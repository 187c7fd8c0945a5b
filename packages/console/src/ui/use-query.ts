import { useCallback, useEffect, useState } from "preact/hooks";
import type { Ask } from "../api/client.js";
import { QueryFailure } from "../api/failure.js";
import type { Answer, Queries, QueryName } from "../api/types.js";

export interface Query<N extends QueryName> {
  /** The latest answer, kept in sight while the next one is under way. */
  answer: Answer<N> | null;
  failure: QueryFailure | null;
  loading: boolean;
  retry: () => void;
}

interface State<N extends QueryName> {
  answer: Answer<N> | null;
  failure: QueryFailure | null;
  loading: boolean;
}

/** Edits come in bursts: only the last of them asks. Milliseconds. */
const SETTLE = 150;

/**
 * Asks when the parameters change and gives up what is no longer wanted. With null parameters
 * nothing is asked. When the collector says when to come back, it is asked again by itself.
 */
export function useQuery<N extends QueryName>(
  ask: Ask,
  name: N,
  parameters: Queries[N]["parameters"] | null,
): Query<N> {
  const [state, setState] = useState<State<N>>({ answer: null, failure: null, loading: true });
  const [attempt, setAttempt] = useState(0);
  const key = parameters === null ? null : JSON.stringify(parameters);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  useEffect(() => {
    if (key === null || parameters === null) {
      setState({ answer: null, failure: null, loading: false });
      return undefined;
    }
    const abort = new AbortController();
    let again: ReturnType<typeof setTimeout> | undefined;
    setState((previous) => ({ ...previous, loading: true }));
    const run = async (): Promise<void> => {
      try {
        const answer = await ask(name, parameters, abort.signal);
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
    // `key` stands for `parameters`.
  }, [ask, name, key, attempt]);

  return { ...state, retry };
}

export function asFailure(error: unknown): QueryFailure {
  if (error instanceof QueryFailure) return error;
  return new QueryFailure(0, "unreachable", error instanceof Error ? error.message : "");
}
