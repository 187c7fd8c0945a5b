import { gzipSync } from "node:zlib";
import { requestBytes } from "../../bench/load/request.js";
import type { Cast } from "./cast.js";
import type { Span } from "./ledger.js";
import { stepOf } from "./story.js";

export type Door = "batch" | "gzip" | "import" | "pixel";

export interface Keys {
  writeKey: string;
  secretKey: string;
}

/** The status by which a door promises to keep the events. */
export const PROMISE: Readonly<Record<Door, number>> = {
  batch: 202,
  gzip: 202,
  import: 202,
  pixel: 200,
};

/** One request of the events; `url` is the collector's. */
export function deliveryBytes(
  door: Door,
  url: string,
  { writeKey, secretKey }: Keys,
  cast: Cast,
  span: Span,
): Buffer {
  const events = Array.from({ length: span.events }, (_, place) => cast.event(span.first + place));
  if (door === "pixel") {
    const e = Buffer.from(JSON.stringify(events[0])).toString("base64url");
    return requestBytes("GET", new URL(`${url}/v1/pixel.gif?k=${writeKey}&e=${e}`), {});
  }
  if (door === "import") {
    const lines = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(""));
    const headers = {
      authorization: `Bearer ${secretKey}`,
      "content-type": "application/x-ndjson",
      "content-encoding": "gzip",
    };
    return requestBytes("POST", new URL(`${url}/v1/import`), headers, gzipSync(lines));
  }
  const body = Buffer.from(JSON.stringify({ writeKey, sentAt: Date.now(), events }));
  const to = new URL(`${url}/v1/batch?k=${writeKey}`);
  return door === "batch"
    ? requestBytes("POST", to, { "content-type": "application/json" }, body)
    : requestBytes(
        "POST",
        to,
        { "content-type": "text/plain", "content-encoding": "gzip" },
        gzipSync(body, { level: 1 }),
      );
}

/** Why an answer that promises is not the right one; undefined when it is. */
export function wrongIn(door: Door, cast: Cast, span: Span, body: string): string | undefined {
  if (door === "pixel") return undefined;
  const bad = Array.from({ length: span.events }, (_, place) => span.first + place).filter(
    (event) => stepOf(event).bad === true,
  );
  const expected = {
    accepted: span.events - bad.length,
    rejected: bad.map((event) => cast.id(event)),
  };
  const answer = JSON.parse(body) as { accepted: number; rejected: { id: string }[] };
  const got = { accepted: answer.accepted, rejected: answer.rejected.map(({ id }) => id) };
  return JSON.stringify(got) === JSON.stringify(expected)
    ? undefined
    : `${door}: ${body.slice(0, 300)}`;
}
