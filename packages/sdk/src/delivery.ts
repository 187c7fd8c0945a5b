import { LIMITS } from "@balise/schema/limits";
import type { LostEvent } from "./events.js";
import type { Entry, Outbox } from "./outbox.js";
import type { Answer, Send } from "./transport.js";
import { warn } from "./warn.js";

export interface Delivery {
  /** There are so many new bytes in the outbox: they go with the next batch. */
  notice(bytes: number): void;
  /** Sends now; resolves when what waited has been answered or has to wait longer. */
  flush(): Promise<void>;
  /** The page may be gone after this call: sends what it can before it returns. */
  leave(): void;
  /**
   * The page or the network is back: waits that nobody asked for are over. `restored`: out of the
   * back/forward cache.
   */
  resume(restored?: boolean): void;
}

export interface DeliveryParts {
  writeKey: string;
  outbox: Outbox;
  send: Send;
  /** Whether requests of a page that is left are answered once it is back. */
  keepalive: boolean;
  now: () => number;
  after: (ms: number, run: () => void) => unknown;
  random: () => number;
  batchDelay: number;
  /** The collector took a batch: it can be reached, and the outbox has room again. */
  onAccept: () => void;
  onReject: (lost: LostEvent) => void;
}

/**
 * All keepalive requests of a page share 64 KiB; the rest of the body and other scripts of the
 * page need some of it (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
const KEEPALIVE_BYTES = 60_000;
/** So much is sent at once, without waiting for the delay. Two batches fit a page's leave. */
const BATCH_BYTES = 28_000;
/** What fits two packets anyway is not packed. */
const PACK_BYTES = 2500;
/** The key, the time and the brackets around the events take less. */
const ENVELOPE_BYTES = 500;

const FIRST_MS = 1000;
const LONGEST_MS = 60_000;
/** A collector that was never reached so many times in a row is taken for blocked. */
const BLOCKED_AFTER = 6;
const BLOCKED_MS = 600_000;
/** Timers overflow past 2³¹ ms, and nobody means to wait for longer than a day. */
const DAY_MS = 86_400_000;

/** Moves events from the outbox to the collector; an event leaves the outbox when answered. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { outbox, send, now, onReject } = parts;
  /** Ids under way, with whether all was done that their request outlives the page. */
  const underWay = new Map<string, boolean>();
  const requests = new Set<Promise<void>>();
  let gathered = 0;
  let room = KEEPALIVE_BYTES;
  let failures = 0;
  let waitUntil = 0;
  let due = Infinity;
  let asked = false;
  let refused = false;
  let largest: number = LIMITS.batchEvents;

  /** A later timer that is still set then finds nothing to do. */
  function schedule(ms: number): void {
    const at = now() + ms;
    if (at >= due) return;
    due = at;
    parts.after(ms, () => {
      due = Infinity;
      pump();
    });
  }

  function next(): Entry[] {
    const batch: Entry[] = [];
    let bytes = 0;
    for (const entry of outbox.entries()) {
      if (underWay.has(entry.id)) continue;
      bytes += entry.bytes + 1;
      if (batch[0] && (bytes > BATCH_BYTES || batch.length >= largest)) break;
      batch.push(entry);
    }
    return batch;
  }

  /**
   * Calmly, one batch at a time. In a hurry all that is not under way leaves within the call, by
   * requests that outlive the page as far as they keep `spare` bytes of their room free. `again`
   * sends only what fits there.
   */
  function pump(spare?: number, again?: boolean): void {
    if (refused || !navigator.onLine) return;
    const wait = waitUntil - now();
    // After a failure of the network a last try costs nothing; a wait that was asked for holds.
    if (wait > 0 && (asked || spare === undefined)) return schedule(wait);
    gathered = 0;
    outbox.refresh();
    // oxlint-disable-next-line eslint/no-unmodified-loop-condition -- ends when nothing is left
    while (spare !== undefined || !requests.size) {
      const batch = next();
      // Not `reduce`, which old versions of prototype.js put their own in the place of.
      let bytes = ENVELOPE_BYTES;
      for (const entry of batch) bytes += entry.bytes + 1;
      const fits = bytes <= room - (spare ?? 0);
      if (!batch[0] || (spare === 0 && !fits && (again || failures))) return;
      dispatch(batch, fits && (spare !== undefined || bytes < PACK_BYTES) ? bytes : 0, spare);
    }
  }

  function dispatch(batch: Entry[], held: number, spare?: number): void {
    room -= held;
    const outlives = spare === 0 || (held > 0 && parts.keepalive);
    for (const { id } of batch) underWay.set(id, outlives);
    const request = exchange(batch, held, spare).finally(() => {
      requests.delete(request);
      pump();
    });
    requests.add(request);
  }

  async function exchange(batch: Entry[], held: number, spare?: number): Promise<void> {
    const events = batch.map((entry) => entry.json).join();
    const body = `{"writeKey":${JSON.stringify(parts.writeKey)},"sentAt":${now()},"events":[${events}]}`;
    const answer = await send(body, held > 0, spare);
    room = Math.min(KEEPALIVE_BYTES, room + held);
    for (const { id } of batch) underWay.delete(id);
    settle(batch, answer);
  }

  function settle(batch: Entry[], { status, rejected = [], retryAfter = NaN }: Answer): void {
    if (status === 202) {
      failures = 0;
      for (const { id } of batch) outbox.remove(id);
      for (const { index, code, message } of rejected) {
        onReject({ id: batch[index]?.id ?? null, code, message });
      }
      parts.onAccept();
    } else if (status === 413) {
      const [only, second] = batch;
      if (second) largest = Math.ceil(batch.length / 2);
      else if (only) {
        outbox.remove(only.id);
        onReject({ id: only.id, code: "too_large", message: `${only.bytes} bytes` });
      }
    } else if (status === 401 || status === 403) {
      refused = true;
      warn(
        `${status}: is the key right, and ${location.origin} among the origins? Events are kept.`,
      );
    } else {
      const obeyed = retryAfter >= 0 && (status === 429 || status === 503);
      // Requests that failed together are one failure.
      if (!obeyed && waitUntil > now()) return;
      asked = obeyed;
      waitUntil = now() + (asked ? Math.min(DAY_MS, retryAfter) : backoff(status, failures++));
    }
  }

  /** Doubles, with jitter over the upper half so that the tabs of a crowd do not come together. */
  function backoff(status: number, before: number): number {
    const blocked = !status && before >= BLOCKED_AFTER;
    const full = blocked ? BLOCKED_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** before);
    return full * (0.5 + parts.random() / 2);
  }

  return {
    notice(bytes) {
      gathered += bytes;
      // Who does so much at once may be about to leave.
      if (gathered >= BATCH_BYTES) pump(failures ? undefined : KEEPALIVE_BYTES / 2);
      schedule(Math.max(parts.batchDelay, waitUntil - now()));
    },
    async flush() {
      pump();
      while (requests.size) await Promise.all(requests);
    },
    leave() {
      pump(0);
      // What may not outlive the page is sent once more, by a request that does.
      for (const [id, outlives] of underWay) if (!outlives) underWay.delete(id);
      pump(0, true);
    },
    resume(restored) {
      if (restored || !parts.keepalive) {
        // Nobody will answer for beacons, and in Firefox for no request that a page had under way
        // when it went into the cache: their events go once more, and count once.
        underWay.clear();
        requests.clear();
        room = KEEPALIVE_BYTES;
      }
      if (!asked) waitUntil = 0;
      pump();
    },
  };
}
