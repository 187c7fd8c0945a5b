import { existsSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { explain } from "../explain.js";
import { failure, type Finding, ok, warning } from "../finding.js";
import { createdAtOf, readSegment } from "../ingest/segment.js";
import { size } from "../size.js";

/** Share of the limit past which somebody should look, and milliseconds likewise. */
const FULL = 0.5;
const OLD = 10 * 60_000;

/** What waits for ClickHouse. */
export interface SpoolContent {
  segments: number;
  bytes: number;
  rows: number;
  /** Epoch milliseconds; undefined where nothing waits, or no segment tells. */
  oldest: number | undefined;
  /** Segments with bytes that are no whole record, apart from the one that is being written. */
  torn: string[];
  /** Files that were set aside for harm in their middle. */
  damaged: string[];
}

/**
 * Reads the spool without changing it: also beside a collector, whose drain may remove segments
 * meanwhile.
 */
export async function readSpool(dir: string): Promise<SpoolContent> {
  const content: SpoolContent = {
    segments: 0,
    bytes: 0,
    rows: 0,
    oldest: undefined,
    torn: [],
    damaged: [],
  };
  const files = existsSync(dir) ? (await readdir(dir)).toSorted() : [];
  for (const file of files) {
    const path = join(dir, file);
    if (file.endsWith(".damaged")) content.damaged.push(path);
    else if (/\.(seg|open)$/.test(file)) await addSegment(content, path, file);
  }
  return content;
}

async function addSegment(content: SpoolContent, path: string, file: string): Promise<void> {
  const bytes = await readUnlessGone(path);
  if (bytes === undefined) return;
  const { chunks, unreadBytes } = readSegment(file, bytes);
  content.segments += 1;
  content.bytes += bytes.length;
  content.rows += chunks.reduce((sum, { rows }) => sum + rows, 0);
  const createdAt = createdAtOf(bytes) ?? (await stat(path).catch(() => undefined))?.mtimeMs;
  if (createdAt !== undefined) content.oldest = Math.min(content.oldest ?? createdAt, createdAt);
  if (unreadBytes > 0 && !file.endsWith(".open")) content.torn.push(path);
}

async function readUnlessGone(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** The findings about a spool that may hold so many bytes. */
export function judgeSpool(content: SpoolContent, maxBytes: number, now: number): Finding[] {
  return [
    waiting(content, maxBytes, now),
    ...content.torn.map((path) =>
      warning(
        "spool",
        `${path} holds bytes that are no whole record`,
        "nothing, if a collector or the machine was killed: the torn end was never acknowledged; else check the disk",
      ),
    ),
    ...content.damaged.map((path) =>
      warning(
        "spool",
        `${path} was harmed on the disk`,
        "check the disk, then remove the file: what could be read of it is stored; balise erase does not find ids in its harmed bytes",
      ),
    ),
  ];
}

function waiting(
  { segments, bytes, rows, oldest }: SpoolContent,
  maxBytes: number,
  now: number,
): Finding {
  const age = oldest === undefined ? 0 : Math.max(0, now - oldest);
  const since = oldest === undefined ? "" : `, the oldest of ${Math.round(age / 1000)} s ago`;
  const is = `${rows.toLocaleString("en")} rows wait in ${segments} segments (${size(bytes)} of ${size(maxBytes)})${since}`;
  const todo = "look whether ClickHouse takes inserts: at the limit events are refused with 503";
  if (bytes > 0.95 * maxBytes) return failure("spool", is, todo);
  return bytes > FULL * maxBytes || (rows > 0 && age > OLD)
    ? warning("spool", is, todo)
    : ok("spool", is);
}

/** The findings about the spool of a data directory. */
export async function checkSpool(
  dir: string,
  maxBytes: number,
  now: number = Date.now(),
): Promise<{ bytes: number; findings: Finding[] }> {
  try {
    const content = await readSpool(dir);
    return { bytes: content.bytes, findings: judgeSpool(content, maxBytes, now) };
  } catch (error) {
    const finding = failure(
      "spool",
      explain(error),
      "run this command as the user of the collector",
    );
    return { bytes: 0, findings: [finding] };
  }
}
