import { QueryFailure, retryAfterSeconds } from "./failure.js";

/** Rejects with `QueryFailure`, or `AbortError` when aborted. Without a body it is a GET. */
export type Request = <T>(
  path: string,
  fits: (body: unknown) => body is T,
  /** What a body is that fits, for the message of one that does not. */
  wanted: string,
  content?: object,
  signal?: AbortSignal,
) => Promise<T>;

/**
 * The collector that serves this page: addresses are relative to it, so the console works
 * under any base path. The key travels in the header only.
 */
export function createRequest(key: string, fetch: typeof globalThis.fetch): Request {
  return async (path, fits, wanted, content, signal) => {
    const response = await send(fetch, key, path, content, signal);
    const body: unknown = await response.json().catch((error: unknown) => {
      if (signal?.aborted) throw error;
      return null;
    });
    if (!response.ok) throw refusal(response, body);
    if (!fits(body)) {
      throw new QueryFailure(response.status, "invalid_answer", `${path} did not answer ${wanted}`);
    }
    return body;
  };
}

async function send(
  fetch: typeof globalThis.fetch,
  key: string,
  path: string,
  content: object | undefined,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const authorization = `Bearer ${key}`;
  try {
    return await fetch(path, {
      ...(content === undefined
        ? { headers: { authorization } }
        : {
            method: "POST",
            headers: { authorization, "content-type": "application/json" },
            body: JSON.stringify(content),
          }),
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

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
