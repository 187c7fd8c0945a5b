import type { TagOptions } from "./options.js";
import type { Platform } from "./platform.js";
import { parse } from "./storage.js";
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
export type Send = (body: string | Blob, keepalive: boolean, spare?: number) => Promise<Answer>;

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A request that hangs for longer counts as failed. */
const TIMEOUT_MS = 30_000;

/** Caught on its way down, so not by the event that is under way. */
const ONCE = { once: true, capture: true };

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
        const taken = navigator.sendBeacon(url, body);
        // A browser so old that beacons are all it has never hears an answer.
        if (!fetch) return { status: taken ? 202 : 0 };
        // The others ask again when the page is back; the collector counts once.
        if (taken) {
          await new Promise((back) => addEventListener("visibilitychange", back, ONCE));
          return { status: 0 };
        }
      }
      const response = await fetch(url, {
        method: "POST",
        body,
        headers: { "content-type": "text/plain" },
        keepalive,
        credentials,
        signal: window.AbortSignal?.timeout?.(TIMEOUT_MS) ?? null,
      });
      const { status, headers } = response;
      const wait = headers.get("retry-after") ?? "";
      // Read to the end in any case: an unread body keeps its connection busy.
      const { rejected } = parse(await response.text());
      return {
        status,
        rejected: Array.isArray(rejected) ? rejected.filter(Boolean) : [],
        retryAfter: Number(wait) * 1000 || Date.parse(wait) - platform.now(),
      };
    } catch {
      // A collector that was not told of the cookies gives an answer that nobody may read.
      credentials = "omit";
      return { status: 0 };
    }
  };
}
