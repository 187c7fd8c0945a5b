import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StartError } from "../config.js";
import {
  addRejection,
  createReport,
  type Entry,
  ImportError,
  openSource,
  readEntries,
  type Report,
  reportLines,
  sendEntries,
  type Source,
} from "../csv/index.js";
import { SendError } from "../sender/post.js";
import { createProgress } from "../sender/progress.js";
import { keyFor } from "./keys.js";

export interface ImportOptions {
  /** For CSV: `field=column,…` or the path of a JSON file. */
  map?: string;
  /** For CSV: one character, or `tab`; found out if not given. */
  delimiter?: string;
  /** Write the events to standard output instead of sending them. */
  print?: boolean;
  url: string;
  /** The secret key. */
  key?: string;
}

/** What tests replace. */
export interface ImportSurroundings {
  stdout?: NodeJS.WritableStream;
  stderr?: NodeJS.WritableStream;
  sleep?: (ms: number) => Promise<void>;
}

/**
 * `balise import FILE`.
 * @returns 0 when all events were accepted, 2 when some were rejected, 1 when it could not run.
 */
export async function runImport(
  file: string,
  options: ImportOptions,
  surroundings: ImportSurroundings = {},
): Promise<number> {
  const { stdout = process.stdout, stderr = process.stderr } = surroundings;
  try {
    if (options.print === true) {
      const report = await print(await openSource(file), options, stdout);
      if (report.rejected > 0) stderr.write(`${reportLines(report).join("\n")}\n`);
      return report.rejected > 0 ? 2 : 0;
    }
    const secretKey = keyFor("secretKey", options.key);
    const report = await send(await openSource(file), options, secretKey, surroundings);
    stdout.write(`${reportLines(report).join("\n")}\n`);
    return report.rejected > 0 ? 2 : 0;
  } catch (error) {
    const message = explained(error);
    if (message === undefined) throw error;
    stderr.write(`balise import: ${message}\n`);
    return 1;
  }
}

async function send(
  source: Source,
  options: ImportOptions,
  secretKey: string,
  { sleep }: ImportSurroundings,
): Promise<Report> {
  const progress = createProgress({ label: "import", total: source.size });
  try {
    return await sendEntries(readEntries(source, options), {
      url: options.url,
      secretKey,
      onProgress: ({ accepted, rejected }) => {
        const note = rejected === 0 ? "" : `, ${rejected.toLocaleString("en")} rejected`;
        progress.update(source.bytesRead(), `${accepted.toLocaleString("en")} accepted${note}`);
      },
      sleep,
    });
  } finally {
    progress.stop();
  }
}

async function print(
  source: Source,
  options: ImportOptions,
  stdout: NodeJS.WritableStream,
): Promise<Report> {
  const report = createReport();
  try {
    const lines = Readable.from(linesOf(readEntries(source, options), report));
    await pipeline(lines, stdout, { end: false });
  } catch (error) {
    // The reader of a pipe, such as head, has seen enough.
    if (Reflect.get(Object(error), "code") !== "EPIPE") throw error;
  }
  return report;
}

async function* linesOf(
  entries: AsyncIterable<Entry>,
  report: Report,
): AsyncGenerator<string, void, undefined> {
  for await (const entry of entries) {
    if ("code" in entry) addRejection(report, entry.code, entry.line, entry.message);
    else {
      report.accepted++;
      yield `${entry.json.toString("utf8")}\n`;
    }
  }
}

/** One line for what the caller can mend; undefined for a fault of ours. */
function explained(error: unknown): string | undefined {
  if (error instanceof SendError && error.status === 401) {
    return `${error.message}; give the site's secret key with --key or BALISE_SECRET_KEY`;
  }
  if (error instanceof SendError && error.status !== 0) {
    return `${error.message}; what was sent before is kept, and counts once when it is sent again`;
  }
  const known =
    error instanceof SendError || error instanceof ImportError || error instanceof StartError;
  return known ? error.message : undefined;
}
