import { QueryFailure, retryAfterSeconds } from "./failure.js";
import type { Answer, Queries, QueryName } from "./types.js";

/** Asks the collector one question. Rejects with `QueryFailure`, or `AbortError` when aborted. */
export type Ask = <N extends QueryName>(
  name: N,
  parameters: Queries[N]["parameters"],
  signal?: AbortSignal,
) => Promise<Answer<N>>;

/**
 * The collector that serves this page: addresses are relative to it, so the console works
 * under any base path. The key travels in the header only.
 */
export function createClient(key: string, fetch: typeof globalThis.fetch): Ask {
  return async <N extends QueryName>(
    name: N,
    parameters: Queries[N]["parameters"],
    signal?: AbortSignal,
  ) => {
    const response = await send(fetch, key, name, parameters, signal);
    const body: unknown = await response.json().catch(() => null);
    if (!response.ok) throw refusal(response, body);
    if (!isAnswer<N>(body)) {
      throw new QueryFailure(
        response.status,
        "invalid_answer",
        `v1/query/${name} did not answer {rows, meta}`,
      );
    }
    return body;
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  key: string,
  name: QueryName,
  parameters: object,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(`v1/query/${name}`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
      body: JSON.stringify(parameters),
      credentials: "omit",
      cache: "no-store",
      signal: signal ?? null,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new QueryFailure(0, "unreachable", error instanceof Error ? error.message : "");
  }
}

function refusal(response: Response, body: unknown): QueryFailure {
  const wait = retryAfterSeconds(response.headers.get("retry-after"), Date.now());
  const error = isRecord(body) && isRecord(body["error"]) ? body["error"] : {};
  return new QueryFailure(
    response.status,
    typeof error["code"] === "string" ? error["code"] : "unknown",
    typeof error["message"] === "string" ? error["message"] : `HTTP ${response.status}`,
    wait,
  );
}

/** The rows are not looked into: the collector checks each against its schema before it answers. */
function isAnswer<N extends QueryName>(body: unknown): body is Answer<N> {
  return isRecord(body) && Array.isArray(body["rows"]) && isRecord(body["meta"]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
