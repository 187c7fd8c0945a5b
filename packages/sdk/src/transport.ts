import { attempt, parse } from "./storage.js";
import type { Rejection } from "./wire.js";

/** What became of a request; status 0 when there was no answer. */
export interface Answer {
  status: number;
  rejected?: Pick<Rejection, "index" | "code" | "message">[];
  /** Milliseconds that the collector asked to wait. */
  retryAfter?: number;
}

/**
 * Sends a body and resolves with what became of it; never rejects. With `spare` (0 when the page
 * is being left) or `keepalive` the request has left when the call returns.
 */
export type Send = (body: string, keepalive: boolean, spare?: number) => Promise<Answer>;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface TransportParts {
  url: string;
  fetch: Fetch | undefined;
  /** Whether `fetch` outlives the page here. */
  keepalive: boolean;
  /** Makes a body smaller, when nothing hurries. */
  pack: (text: string) => Promise<Blob | string>;
  credentials: RequestCredentials;
  now: () => number;
}

/** A request that hangs for longer counts as failed. */
const TIMEOUT_MS = 30_000;

/** `text/plain` asks for no preflight, which a page being left has no time for. */
export function createTransport(parts: TransportParts): Send {
  const { url, fetch, keepalive: outlives, pack, credentials, now } = parts;

  return async (text, keepalive, spare) => {
    try {
      // No answer will come: the events are under way until the page is back. A browser so old
      // that beacons are all it has never hears one.
      if ((!fetch || (spare === 0 && !outlives)) && navigator.sendBeacon(url, text)) {
        return fetch ? await new Promise<Answer>(() => undefined) : { status: 202 };
      }
      const body = keepalive || spare !== undefined ? text : await pack(text);
      const response = await fetch?.(url, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
        keepalive,
        credentials,
        signal: attempt(() => AbortSignal.timeout(TIMEOUT_MS)) ?? null,
      });
      return response ? await read(response, now()) : { status: 0 };
    } catch {
      return { status: 0 };
    }
  };
}

async function read(response: Response, now: number): Promise<Answer> {
  const { status, headers } = response;
  const wait = headers.get("retry-after") ?? "";
  // Read to the end in any case: an unread body keeps its connection busy.
  const { rejected } = parse(await response.text());
  return {
    status,
    ...(Array.isArray(rejected) && { rejected }),
    retryAfter: Number(wait) * 1000 || Date.parse(wait) - now,
  };
}
