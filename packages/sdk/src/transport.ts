import type { TagOptions } from "./options.js";
import type { Platform } from "./platform.js";
import { parse } from "./storage.js";
import type { Rejection } from "./wire.js";

/** What became of a request; status 0 when there was no answer. */
export interface Answer {
  status: number;
  /** Of a collector: of anything else that answers it may be anything. */
  rejected?: Pick<Rejection, "index" | "code" | "message">[];
  /** Milliseconds that the collector asked to wait. */
  retryAfter?: number;
}

/**
 * Sends a body and resolves with what became of it; never rejects. With `spare` (0 when the page
 * is being left) or `keepalive` the request has left when the call returns.
 */
export type Send = (body: string | Blob, keepalive: boolean, spare?: number) => Promise<Answer>;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request that hangs for longer counts as failed. */
const TIMEOUT_MS = 30_000;

/** `text/plain` asks for no preflight, which a page being left has no time for. */
export function createTransport(
  options: Pick<TagOptions, "cookies" | "fetch" | "key">,
  platform: Pick<Platform, "fetch" | "keepalive" | "now">,
  url: string,
): Send {
  const { fetch = platform.fetch } = options;
  let credentials: RequestCredentials = options.cookies ? "include" : "omit";

  return async (body, keepalive, spare) => {
    try {
      if (!fetch || (spare === 0 && !options.fetch && !platform.keepalive)) {
        // Nobody hears the answer: who can ask again does, and the collector counts once.
        return { status: navigator.sendBeacon(url, body) && !fetch ? 202 : 0 };
      }
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
        keepalive,
        credentials,
        signal: window.AbortSignal?.timeout?.(TIMEOUT_MS),
      });
      const { status, headers } = response;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of null both below make no number
      const wait = headers.get("retry-after") as string;
      // Read to the end in any case: an unread body keeps its connection busy.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- whoever reads it expects anything
      const { rejected } = parse(await response.text()) as Pick<Answer, "rejected">;
      return {
        status,
        rejected,
        retryAfter: Number(wait) * 1000 || Date.parse(wait) - platform.now(),
      };
    } catch {
      // A collector that was not told of the cookies gives an answer that nobody may read.
      credentials = "omit";
      return { status: 0 };
    }
  };
}
