import { Readable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

/** Answers after which the same request is worth sending again. */
const BUSY = new Set([429, 502, 503, 504]);
const TRIES = 6;

/**
 * Posts events as NDJSON, one a line, and gives the collector's `{accepted, rejectedCount, rejected}`.
 * `events` gives them anew for each try: what was kept of a try before counts once. Rejects when the
 * collector refuses, or stays away.
 */
export async function send(events, { url, secretKey }) {
  for (let tries = 1; ; tries++) {
    const response = await post(events, url, secretKey);
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (!BUSY.has(response.status) || tries === TRIES)
      throw new Error(`${url} answers ${response.status}: ${text}`);
    await wait(Number(response.headers.get("retry-after") ?? 2 ** tries) * 1000);
  }
}

/** A collector that cannot be reached answers as one that is busy. */
async function post(events, url, secretKey) {
  try {
    return await fetch(`${url}/v1/import`, {
      method: "POST",
      headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/x-ndjson" },
      body: Readable.toWeb(Readable.from(linesOf(events()))),
      duplex: "half",
    });
  } catch (error) {
    return new Response(String(error.cause ?? error), { status: 503 });
  }
}

/** Streams, so that a table of any size fits into memory. */
async function* linesOf(events) {
  for await (const event of events) yield Buffer.from(`${JSON.stringify(event)}\n`);
}
