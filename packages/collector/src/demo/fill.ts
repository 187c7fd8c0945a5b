import type { Event } from "@balise/schema";
import { post, SendError } from "../sender/post.js";
import { bundle, type Parcel } from "./bundle.js";
import { generateVisits, type Visit } from "./visits.js";

/** Events of a request, and requests in flight. */
const BATCH = 200;
const IN_FLIGHT = 8;

export interface FillOptions {
  /** Address of the collector, such as `http://127.0.0.1:8787`. */
  url: string;
  writeKey: string;
  /** With it, contacts and subscriptions are imported too. */
  secretKey?: string | undefined;
  /** @default 6000 */
  visitors?: number | undefined;
  /** @default 30 */
  days?: number | undefined;
  /** @default 1 */
  seed?: number | undefined;
  /** Epoch milliseconds of the end. @default the clock's */
  now?: number | undefined;
  onProgress?: ((progress: FillProgress) => void) | undefined;
  signal?: AbortSignal | undefined;
  /** Waits between tries; replaced in tests. */
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

export interface FillProgress {
  /** Events that the collector has acknowledged. */
  events: number;
  /** Visitors of which the events have been made. */
  visitors: number;
  totalVisitors: number;
}

export interface Filled {
  events: number;
  /** Visitors that came, the bots among them. */
  people: number;
}

/**
 * Sends a month of made-up visitors through the collector's front door. Run again on the same day
 * (UTC) with the same seed, it sends the same ids, which count once.
 * @throws SendError when a key is refused or the collector does not answer.
 */
export async function fillDemo(options: FillOptions): Promise<Filled> {
  const { visitors = 6000, days = 30, seed = 1, now = Date.now(), onProgress } = options;
  const people = new Set<number>();
  let events = 0;
  // The first failure stops the requests that are still under way.
  const stop = new AbortController();
  const signal =
    options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const visits = noting(generateVisits({ seed, visitors, days, now }), people);

  const failures: unknown[] = [];
  const inFlight = new Set<Promise<void>>();
  const send = async (parcel: Parcel, visitor: number): Promise<void> => {
    try {
      await deliver(parcel, options, signal);
      events += parcel.events.length;
      onProgress?.({ events, visitors: visitor + 1, totalVisitors: visitors });
    } catch (error) {
      failures.push(error);
      stop.abort();
    }
  };

  for (const { parcel, visitor } of bundle(visits, BATCH, options.secretKey !== undefined)) {
    if (signal.aborted) break;
    const sending = send(parcel, visitor).finally(() => inFlight.delete(sending));
    inFlight.add(sending);
    if (inFlight.size >= IN_FLIGHT) await Promise.race(inFlight);
  }
  await Promise.all(inFlight);
  options.signal?.throwIfAborted();
  if (failures.length > 0) throw failures[0];
  return { events, people: people.size };
}

function* noting(visits: Iterable<Visit>, people: Set<number>): Generator<Visit, void, undefined> {
  for (const visit of visits) {
    people.add(visit.visitor);
    yield visit;
  }
}

async function deliver(parcel: Parcel, options: FillOptions, signal: AbortSignal): Promise<void> {
  const base = options.url.replace(/\/+$/, "");
  const answer =
    parcel.door === "batch"
      ? await post({
          url: `${base}/v1/batch`,
          headers: { "content-type": "application/json", "user-agent": parcel.userAgent },
          // Sent now, whatever the age of the events: the collector must see no skew.
          body: JSON.stringify({
            writeKey: options.writeKey,
            sentAt: Date.now(),
            events: parcel.events,
          }),
          signal,
          sleep: options.sleep,
        })
      : await post({
          url: `${base}/v1/import`,
          headers: {
            "content-type": "application/x-ndjson",
            authorization: `Bearer ${options.secretKey ?? ""}`,
          },
          body: linesOf(parcel.events),
          signal,
          sleep: options.sleep,
        });
  checkAnswer(answer, parcel.events.length);
}

function linesOf(events: readonly Event[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}

/** A collector of another version might refuse what this one makes: better said than missed. */
function checkAnswer(answer: unknown, sent: number): void {
  const accepted: unknown = Reflect.get(Object(answer), "accepted");
  if (accepted === sent) return;
  const rejected: unknown = Reflect.get(Object(answer), "rejected");
  const first: unknown = Array.isArray(rejected) ? rejected[0] : undefined;
  const message: unknown = Reflect.get(Object(first), "message");
  const reason = typeof message === "string" ? message : "no reason given";
  throw new SendError(
    `the collector took ${String(accepted)} of ${sent} events (${reason}): is it of this version?`,
    202,
  );
}
