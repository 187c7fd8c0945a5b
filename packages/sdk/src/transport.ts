import { fieldsOf } from "./cell.js";
import type { Entry } from "./outbox.js";
import type { Rejection } from "./wire.js";

/** What became of a request; status 0 when there was no answer. */
export interface Answer {
  status: number;
  rejected: Pick<Rejection, "index" | "code" | "message">[];
  /** Milliseconds that the collector asked to wait. */
  retryAfter?: number;
}

export interface Transport {
  /** Builds and starts the request before it returns. Never rejects. */
  send(batch: Entry[], keepalive: boolean): Promise<Answer>;
  /** Hands the batch to the browser without an answer; false when it was refused. */
  beacon(batch: Entry[]): boolean;
}

export interface TransportParts {
  /** Address of the collector with its base path. */
  host: string;
  writeKey: string;
  now: () => number;
  after: (ms: number, run: () => void) => () => void;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  sendBeacon: (url: string, body: string) => boolean;
}

/** A request that hangs for longer counts as failed. */
const TIMEOUT_MS = 30_000;

/** `text/plain` asks for no preflight, which a page being left has no time for. */
export function createTransport(parts: TransportParts): Transport {
  const { writeKey, now, after, fetch, sendBeacon } = parts;
  const url = `${parts.host.replace(/\/+$/, "")}/v1/batch`;

  function body(batch: Entry[]): string {
    const events = batch.map((entry) => entry.json).join(",");
    return `{"writeKey":${JSON.stringify(writeKey)},"sentAt":${now()},"events":[${events}]}`;
  }

  return {
    send(batch, keepalive) {
      const abort = new AbortController();
      const disarm = after(TIMEOUT_MS, () => abort.abort());
      // Within the executor, so that it starts now and a throw is a failure like any other.
      return new Promise<Response>((resolve) =>
        resolve(
          fetch(url, {
            method: "POST",
            body: body(batch),
            headers: { "content-type": "text/plain" },
            keepalive,
            credentials: "omit",
            signal: abort.signal,
          }),
        ),
      )
        .then((response) => read(response, now()))
        .catch(() => ({ status: 0, rejected: [] }))
        .finally(disarm);
    },
    beacon: (batch) => sendBeacon(url, body(batch)),
  };
}

async function read(response: Response, now: number): Promise<Answer> {
  const answer: Answer = { status: response.status, rejected: [] };
  const wait = response.headers.get("retry-after");
  if (wait !== null) {
    const ms = /^\d+$/.test(wait) ? Number(wait) * 1000 : Date.parse(wait) - now;
    if (ms >= 0) answer.retryAfter = ms;
  }
  // Read to the end in any case: an unread body keeps its connection busy.
  const text = await response.text().catch(() => "");
  if (answer.status === 202) answer.rejected = rejectionsOf(text);
  return answer;
}

function rejectionsOf(text: string): Answer["rejected"] {
  try {
    const list = fieldsOf(JSON.parse(text))?.["rejected"];
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}
