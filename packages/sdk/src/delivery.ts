import { LIMITS } from "@balise/schema/limits";
import type { LostEvent } from "./events.js";
import type { TagOptions } from "./options.js";
import type { Entry, Outbox } from "./outbox.js";
import type { Platform } from "./platform.js";
import { attempt } from "./storage.js";
import type { Answer, Send } from "./transport.js";
import { warn } from "./warn.js";

export interface Delivery {
  /** There are so many new bytes in the outbox: they go with the next batch. */
  notice(bytes: number): void;
  /** Sends now; resolves when what waited has been answered or has to wait longer. */
  flush: () => Promise<void>;
  /** The page may be gone after this call: sends what it can before it returns. */
  leave(): void;
  /**
   * The page or the network is back: waits that nobody asked for are over. `restored`: out of the
   * back/forward cache.
   */
  resume(restored?: boolean): void;
}

/**
 * All keepalive requests of a page share 64 KiB; the rest of the body and other scripts of the
 * page need some of it (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
const KEEPALIVE_BYTES = 60_000;
/** So much is sent at once, without waiting for the delay. Two batches fit a page's leave. */
const BATCH_BYTES = 28_000;
/** The key, the time and the brackets around the events take less. */
const ENVELOPE_BYTES = 500;
/** What fits two packets anyway is not packed. */
const PACK_LENGTH = 2500;

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A collector that was never reached so many times in a row is taken for blocked. */
const BLOCKED_AFTER = 6;
const BLOCKED_MS = 600_000;
/** Timers overflow past 2³¹ ms, and nobody means to wait for longer than a day. */
const DAY_MS = 86_400_000;

/**
 * Moves events from the outbox to the collector; an event leaves the outbox when answered.
 * `onAccept` hears of each batch that was taken: the collector can be reached.
 */
export function createDelivery(
  { key, batchDelay = 1000, fetch }: Pick<TagOptions, "key" | "batchDelay" | "fetch">,
  { now, after, pack }: Pick<Platform, "now" | "after" | "pack">,
  outbox: Outbox,
  send: Send,
  onAccept: () => void,
  onReject: (lost: LostEvent) => void,
): Delivery {
  /** Ids of events under way. */
  const underWay = new Set<string>();
  /** Requests under way, with the room for those that outlive the page that each takes. */
  const requests = new Map<Promise<void>, number>();
  let gathered = 0;
  let lastAt = 0;
  let failures = 0;
  let waitUntil = 0;
  let due = Infinity;
  let asked = false;
  let refused = false;
  let largest: number = LIMITS.batchEvents;

  /** A later timer that is still set then finds nothing to do. */
  function schedule(ms: number): void {
    if (now() + ms >= due) return;
    due = now() + ms;
    after(() => {
      due = Infinity;
      pump();
    }, ms);
  }

  /**
   * Calmly, one batch at a time. In a hurry all that is not under way leaves within the call, by
   * requests that outlive the page as far as they keep `spare` bytes of their room free; 0 when
   * the page is being left.
   */
  function pump(spare?: number): void {
    const hurry = spare !== undefined;
    const wait = waitUntil - now();
    // Another way to the collector may be there without a network.
    if (refused || (!navigator.onLine && !fetch)) return;
    // After a failure of the network a last try costs nothing; a wait that was asked for holds.
    if (wait > 0 && (asked || !hurry)) return schedule(wait);
    gathered = 0;
    lastAt = now();
    const waiting = outbox.entries().filter(({ id }) => !underWay.has(id));
    // Whoever leaves has tried the oldest before, and they stay stored; there may be no room for all.
    if (hurry) waiting.reverse();
    // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- ends when nothing waits
    while (waiting[0] && (hurry || !requests.size)) {
      let count = 0;
      let bytes = ENVELOPE_BYTES;
      for (const entry of waiting) {
        if (count && (count >= largest || bytes + entry.bytes > BATCH_BYTES)) break;
        count++;
        bytes += entry.bytes + 1;
      }
      const batch = waiting.splice(0, count);
      let room = KEEPALIVE_BYTES - (spare ?? 0);
      for (const taken of requests.values()) room -= taken;
      const fits = bytes <= room;
      // Past the room an ordinary request has a chance, and the outbox keeps its events.
      if (!fits && failures && hurry) return;
      const request = exchange(batch, fits, spare).finally(() => {
        requests.delete(request);
        pump();
      });
      requests.set(request, fits ? bytes : 0);
    }
  }

  async function exchange(batch: Entry[], keepalive: boolean, spare?: number): Promise<void> {
    const events = batch.map((entry) => entry.json).join();
    const text = `{"writeKey":${JSON.stringify(key)},"sentAt":${now()},"events":[${events}]}`;
    const body =
      spare === undefined && text.length > PACK_LENGTH ? await pack(text).catch(() => text) : text;
    // A page that was left in the meantime has sent them as they were.
    if (batch.some(({ id }) => underWay.has(id))) return;
    for (const { id } of batch) underWay.add(id);
    const answer = await send(body, keepalive, spare);
    for (const { id } of batch) underWay.delete(id);
    settle(batch, answer);
  }

  function settle(batch: Entry[], { status, rejected = [], retryAfter = NaN }: Answer): void {
    if (status === 413 && batch[1]) largest = Math.ceil(batch.length / 2);
    else if (status === 202 || status === 413) {
      const lost =
        status === 413
          ? [{ index: 0, code: "event_too_large" as const, message: "413" }]
          : rejected;
      failures = 0;
      for (const { id } of batch) outbox.remove(id);
      attempt(() => {
        for (const { index, code, message } of lost) {
          onReject({ id: batch[index]?.id ?? null, code, message });
        }
      });
      onAccept();
    } else if (status === 401 || status === 403) {
      refused = true;
      warn(`${status}: key or origin`);
    } else {
      const obeyed = retryAfter >= 0;
      // Requests that failed together are one failure.
      if (!obeyed && waitUntil > now()) return;
      asked = obeyed;
      waitUntil = now() + (asked ? Math.min(DAY_MS, retryAfter) : backoff(status, failures++));
    }
  }

  return {
    notice(bytes) {
      gathered += bytes;
      // Who does so much at once may be about to leave.
      if (gathered >= BATCH_BYTES) pump(failures ? undefined : KEEPALIVE_BYTES / 2);
      // At once after a pause, since a browser that is killed may not have written its storage yet.
      schedule(Math.max(lastAt + batchDelay, waitUntil) - now());
    },
    async flush() {
      pump();
      while (requests.size) await Promise.all(requests.keys());
    },
    leave: () => pump(0),
    resume(restored) {
      if (restored) {
        // In Firefox nobody answers for requests that were under way when the page went into the
        // cache: their events go once more, and count once.
        underWay.clear();
        requests.clear();
      }
      if (!asked) waitUntil = 0;
      pump();
    },
  };
}

/** Doubles, with jitter over the upper half so that the tabs of a crowd do not come together. */
function backoff(status: number, before: number): number {
  const blocked = !status && before >= BLOCKED_AFTER;
  const full = blocked ? BLOCKED_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** before);
  return full * (0.5 + Math.random() / 2);
}
