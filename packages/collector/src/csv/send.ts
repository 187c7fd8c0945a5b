import { z } from "zod";
import { post, SendError } from "../sender/post.js";
import type { Entry } from "./entries.js";
import { addRejection, createReport, type Report } from "./report.js";

/** A request's bounds: this many events, or this many bytes where they are large. */
const REQUEST_EVENTS = 5000;
const REQUEST_BYTES = 4 * 1024 * 1024;

const answerSchema = z.object({
  accepted: z.number(),
  /** All of them; the answer names the first thousand at most. */
  rejectedCount: z.number().optional(),
  rejected: z.array(z.object({ index: z.number(), code: z.string(), message: z.string() })),
});

export interface SendOptions {
  /** Address of the collector, such as `http://127.0.0.1:8787`. */
  url: string;
  secretKey: string;
  onProgress?: ((report: Readonly<Report>) => void) | undefined;
  /** Waits between tries; replaced in tests. */
  sleep?: ((ms: number) => Promise<void>) | undefined;
}

/**
 * Sends the entries to `POST /v1/import`, request after request: what is read waits for what is
 * sent, so that memory holds one request.
 * @throws SendError when the collector refuses or does not answer.
 */
export async function sendEntries(
  entries: AsyncIterable<Entry>,
  options: SendOptions,
): Promise<Report> {
  const report = createReport();
  let parts: Buffer[] = [];
  let lines: number[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await sendPart(parts, lines, options, report);
    [parts, lines, bytes] = [[], [], 0];
    options.onProgress?.(report);
  };
  for await (const entry of entries) {
    if ("code" in entry) {
      addRejection(report, entry.code, entry.line, entry.message);
      continue;
    }
    parts.push(entry.json, NEWLINE);
    lines.push(entry.line);
    bytes += entry.json.length + 1;
    if (lines.length >= REQUEST_EVENTS || bytes >= REQUEST_BYTES) await flush();
  }
  await flush();
  return report;
}

const NEWLINE = Buffer.from("\n");

async function sendPart(
  parts: readonly Buffer[],
  lines: readonly number[],
  { url, secretKey, sleep }: SendOptions,
  report: Report,
): Promise<void> {
  const answer = await post({
    url: `${url.replace(/\/+$/, "")}/v1/import`,
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${secretKey}` },
    body: Buffer.concat(parts),
    sleep,
  });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) {
    throw new SendError(
      `${url} gave an answer of another shape: is it a collector of this version?`,
      200,
    );
  }
  const { accepted, rejected, rejectedCount = rejected.length } = parsed.data;
  report.accepted += accepted;
  for (const { index, code, message } of rejected) {
    addRejection(report, code, lines[index] ?? 0, message);
  }
  for (let unnamed = rejected.length; unnamed < rejectedCount; unnamed++) {
    addRejection(report, "not named", lines[0] ?? 0, "the answer names the first thousand alone");
  }
}
