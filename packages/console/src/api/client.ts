import { createRequest } from "./request.js";
import type { Answer, Queries, QueryName } from "./types.js";

/** Asks the collector one question. Rejects with `QueryFailure`, or `AbortError` when aborted. */
export type Ask = <N extends QueryName>(
  name: N,
  parameters: Queries[N]["parameters"],
  signal?: AbortSignal,
) => Promise<Answer<N>>;

/** The questions that the console knows by name; `createQuestions` asks any other. */
export function createClient(key: string, fetch: typeof globalThis.fetch): Ask {
  const request = createRequest(key, fetch);
  return async <N extends QueryName>(
    name: N,
    parameters: Queries[N]["parameters"],
    signal?: AbortSignal,
  ) => request(`v1/query/${name}`, isAnswer<N>, "{rows, meta}", parameters, signal);
}

/** The rows are not looked into: the collector checks each against its schema before it answers. */
function isAnswer<N extends QueryName>(body: unknown): body is Answer<N> {
  return isRecord(body) && Array.isArray(body["rows"]) && isRecord(body["meta"]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
