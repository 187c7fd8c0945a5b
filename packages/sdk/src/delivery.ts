import { LIMITS } from "@balise/schema/limits";
import { backoff, bounded } from "./backoff.js";
import type { LostEvent } from "./events.js";
import type { Entry, Outbox } from "./outbox.js";
import type { Answer, Transport } from "./transport.js";

export interface Delivery {
  /** There is something new in the outbox: it goes with the next batch. */
  notice(): void;
  /** Sends now; resolves when what waited has been answered or has to wait longer. */
  flush(): Promise<void>;
  /** The page may be gone after this call: sends what it can before it returns. */
  leave(): void;
  /** The page or the network is back: what was sent without an answer is sent again. */
  resume(): void;
}

export interface DeliveryParts {
  outbox: Outbox;
  transport: Transport;
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
  random: () => number;
  online: () => boolean;
  /** Whether `fetch` outlives the page here. */
  keepalive: boolean;
  batchDelay: number;
  onReject: (lost: LostEvent) => void;
  /** Told once when the collector refuses the key or the origin. */
  onRefused: (status: number) => void;
}

/**
 * All keepalive requests of a page share 64 KiB; the rest of the body and other scripts of the
 * page need some of it (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch).
 */
const KEEPALIVE_BYTES = 60_000;
/** So much is sent at once, without waiting for the delay. Two batches fit a page's leave. */
const BATCH_BYTES = 28_000;
const PARALLEL = 4;

/** Moves events from the outbox to the collector; an event leaves the outbox when answered. */
export function createDelivery(parts: DeliveryParts): Delivery {
  const { outbox, transport, now, after, random, online, onReject } = parts;
  /** Ids under way, with whether their request outlives the page. */
  const underWay = new Map<string, boolean>();
  const requests = new Set<Promise<void>>();
  let keepaliveBytes = 0;
  let failures = 0;
  let waitUntil = 0;
  let asked = false;
  let refused = false;
  let largest: number = LIMITS.batchEvents;
  let cancel: (() => void) | undefined;

  function schedule(ms: number): void {
    cancel ??= after(ms, () => {
      cancel = undefined;
      pump();
    });
  }

  function next(bytes: number, free: (id: string) => boolean): Entry[] {
    const batch: Entry[] = [];
    for (const entry of outbox.entries()) {
      if (!free(entry.id)) continue;
      if (batch.length > 0 && entry.bytes >= bytes) break;
      batch.push(entry);
      bytes -= entry.bytes + 1;
      if (batch.length >= largest) break;
    }
    return batch;
  }

  const idle = (id: string): boolean => !underWay.has(id);

  const notLeaving = (id: string): boolean => underWay.get(id) !== true;

  function pump(most = failures > 0 ? 1 : PARALLEL): void {
    if (refused || !online()) return;
    const wait = waitUntil - now();
    if (wait > 0) return schedule(wait);
    while (requests.size < most) {
      const batch = next(BATCH_BYTES, idle);
      if (batch.length === 0) return;
      dispatch(batch);
    }
  }

  function dispatch(batch: Entry[]): void {
    const bytes = sizeOf(batch);
    const keepalive = parts.keepalive && keepaliveBytes + bytes <= KEEPALIVE_BYTES;
    if (keepalive) keepaliveBytes += bytes;
    for (const { id } of batch) underWay.set(id, keepalive);
    const request = exchange(batch, keepalive).finally(() => {
      if (keepalive) keepaliveBytes -= bytes;
      requests.delete(request);
      pump();
    });
    requests.add(request);
  }

  /** The request leaves within this call: nothing is awaited before it. */
  async function exchange(batch: Entry[], keepalive: boolean): Promise<void> {
    const answer = await transport.send(batch, keepalive);
    for (const { id } of batch) underWay.delete(id);
    settle(batch, answer);
  }

  function settle(batch: Entry[], answer: Answer): void {
    const { status, rejected, retryAfter } = answer;
    if (status === 202) {
      failures = 0;
      asked = false;
      for (const { id } of batch) outbox.remove(id);
      for (const { index, code, message } of rejected) {
        const id = batch[index]?.id ?? null;
        onReject({ id, code, message });
      }
    } else if (status === 413) {
      largest = Math.max(1, Math.ceil(batch.length / 2));
      const [only] = batch;
      if (batch.length === 1 && only) {
        outbox.remove(only.id);
        onReject({ id: only.id, code: "too_large", message: `${only.bytes} bytes are too many` });
      }
    } else if (status === 401 || status === 403) {
      if (!refused) parts.onRefused(status);
      refused = true;
    } else {
      failures++;
      asked = retryAfter !== undefined && (status === 429 || status === 503);
      waitUntil = now() + (asked ? bounded(retryAfter ?? 0) : backoff(failures, random));
      cancel?.();
      cancel = undefined;
    }
  }

  function leave(): void {
    // After a failure of the network a last try costs nothing; a wait that was asked for holds.
    if (refused || !online() || (asked && now() < waitUntil)) return;
    for (;;) {
      const room = KEEPALIVE_BYTES - keepaliveBytes;
      const batch = next(Math.min(BATCH_BYTES, room), notLeaving);
      if (batch.length === 0) return;
      const bytes = sizeOf(batch);
      // Past the budget an ordinary request has a chance, and the outbox keeps its events.
      if (bytes > room) return overflow();
      if (parts.keepalive) dispatch(batch);
      else if (transport.beacon(batch)) {
        keepaliveBytes += bytes;
        for (const { id } of batch) underWay.set(id, true);
      } else return overflow();
    }
  }

  function overflow(): void {
    for (let batch = next(BATCH_BYTES, idle); batch.length > 0; batch = next(BATCH_BYTES, idle)) {
      dispatch(batch);
    }
  }

  return {
    notice() {
      let bytes = 0;
      for (const entry of outbox.entries()) {
        if (idle(entry.id)) bytes += entry.bytes;
        if (bytes < BATCH_BYTES) continue;
        // One full batch; the rest gathers on.
        pump(Math.min(PARALLEL, requests.size + 1));
        break;
      }
      if (!refused) schedule(Math.max(parts.batchDelay, waitUntil - now()));
    },
    async flush() {
      pump();
      while (requests.size > 0) await Promise.all(requests);
    },
    leave,
    resume() {
      if (!parts.keepalive) {
        // Beacons have no answer: their events go once more, and the collector counts them once.
        underWay.clear();
        keepaliveBytes = 0;
      }
      if (!asked) waitUntil = 0;
      pump();
    },
  };
}

function sizeOf(batch: Entry[]): number {
  // The key, the time and the brackets around the events take less than 500 bytes.
  return batch.reduce((bytes, entry) => bytes + entry.bytes + 1, 500);
}
