import { createHash } from "node:crypto";
import { z } from "zod";
import { post, SendError } from "../sender/post.js";
import type { Entry } from "./entries.js";
import type { Journal } from "./journal.js";
import { addRejection, type Report } from "./report.js";

/** A request's bounds: as many events as an answer names when it refuses all, or so many bytes. */
const REQUEST_EVENTS = 1000;
const REQUEST_BYTES = 4 * 1024 * 1024;

/** Entries between two signs of progress while those that were sent before are read again. */
const SKIPPED = 10_000;

const answerSchema = z.object({
  accepted: z.number(),
  rejected: z.array(z.object({ index: z.number(), code: z.string(), message: z.string() })),
});

export interface SendOptions {
  /** Address of the collector, such as `http://127.0.0.1:8787`. */
  url: string;
  secretKey: string;
  journal: Journal;
  onProgress?: ((report: Readonly<Report>) => void) | undefined;
  /** Waits between tries; replaced in tests. */
  sleep?: ((ms: number) => Promise<void>) | undefined;
}

/** The file gives other entries than those that the journal's import had sent. */
export class ChangedError extends Error {
  override readonly name = "ChangedError";
}

/**
 * Sends the entries to `POST /v1/import`, request after request: what is read waits for what is
 * sent, so that memory holds one request. Those that the journal tells as done are passed over.
 * @throws SendError when the collector refuses or does not answer.
 * @throws ChangedError when the journal tells of other entries.
 */
export async function sendEntries(
  entries: AsyncIterable<Entry>,
  options: SendOptions,
): Promise<Report> {
  const { journal, onProgress } = options;
  const { begun } = journal;
  const { report } = begun;
  const digest = createHash("sha256");
  let read = 0;
  let held: Entry[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (held.length === 0) return;
    await sendPart(held, options);
    await journal.save(read, digest.copy().digest("hex"), report);
    [held, bytes] = [[], 0];
    onProgress?.(report);
  };
  for await (const entry of entries) {
    read += 1;
    digest.update(markOf(entry));
    if (read <= begun.entries) {
      if (read === begun.entries && digest.copy().digest("hex") !== begun.digest)
        throw new ChangedError();
      if (read % SKIPPED === 0) onProgress?.(report);
      continue;
    }
    held.push(entry);
    bytes += "json" in entry ? entry.json.length + 1 : entry.message.length;
    if (held.length >= REQUEST_EVENTS || bytes >= REQUEST_BYTES) await flush();
  }
  if (read < begun.entries) throw new ChangedError();
  await flush();
  await journal.end();
  return report;
}

function markOf(entry: Entry): string {
  return "json" in entry
    ? `${entry.line} ${entry.json.toString("latin1")}\n`
    : `${entry.line} ${entry.code} ${entry.message}\n`;
}

const NEWLINE = Buffer.from("\n");

async function sendPart(held: readonly Entry[], options: SendOptions): Promise<void> {
  const { journal } = options;
  const { report } = journal.begun;
  const refuse = ({ line, original }: Entry, code: string, message: string): void => {
    addRejection(report, code, line, message);
    journal.reject({ line, original, code, message });
  };
  const sent = held.filter((entry) => "json" in entry);
  for (const entry of held) if ("code" in entry) refuse(entry, entry.code, entry.message);
  if (sent.length === 0) return;
  const { accepted, rejected } = await answerTo(
    sent.flatMap(({ json }) => [json, NEWLINE]),
    options,
  );
  if (accepted + rejected.length !== sent.length) throw otherShape(options.url);
  report.accepted += accepted;
  for (const { index, code, message } of rejected) {
    const entry = sent[index];
    if (entry === undefined) throw otherShape(options.url);
    refuse(entry, code, message);
  }
}

async function answerTo(
  parts: readonly Buffer[],
  { url, secretKey, sleep }: SendOptions,
): Promise<z.infer<typeof answerSchema>> {
  const answer = await post({
    url: `${url.replace(/\/+$/, "")}/v1/import`,
    headers: { "content-type": "application/x-ndjson", authorization: `Bearer ${secretKey}` },
    body: Buffer.concat(parts),
    sleep,
  });
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw otherShape(url);
  return parsed.data;
}

function otherShape(url: string): SendError {
  const message = `${url} gave an answer of another shape: is it a collector of this version?`;
  return new SendError(message, 200);
}
