import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { StartError } from "../config.js";
import {
  addRejection,
  ChangedError,
  createReport,
  type Entry,
  ImportError,
  openJournal,
  openSource,
  readEntries,
  type ReadOptions,
  type Report,
  reportLines,
  sendEntries,
  type Source,
} from "../csv/index.js";
import { SendError } from "../sender/post.js";
import { createProgress } from "../sender/progress.js";
import { keyFor } from "./keys.js";

export interface ImportOptions extends ReadOptions {
  /** Write the events to standard output instead of sending them. */
  print?: boolean;
  /** Where the rejected rows, and the place of an import that was cut off, are kept. @default beside the file */
  folder?: string;
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
    const rejects = besides(file, options, "rejected");
    const report = await send(file, options, { ...surroundings, stderr });
    const lines = reportLines(report);
    if (report.rejected > 0) lines.push(`rejected rows, with reasons: ${rejects}`);
    stdout.write(`${lines.join("\n")}\n`);
    return report.rejected > 0 ? 2 : 0;
  } catch (error) {
    const message = explained(error);
    if (message === undefined) throw error;
    stderr.write(`balise import: ${message}\n`);
    return 1;
  }
}

/** `visits.csv.gz` has `visits.rejected.csv` and `visits.import.json` beside it. */
function besides(
  file: string,
  { folder = dirname(file) }: ImportOptions,
  what: "rejected" | "import",
): string {
  const [, name = "", ending = ""] = /^(.+?)(\.[^.]*)?(?:\.gz)?$/i.exec(basename(file)) ?? [];
  return join(folder, what === "import" ? `${name}.import.json` : `${name}.rejected${ending}`);
}

async function send(
  file: string,
  options: ImportOptions,
  surroundings: ImportSurroundings & { stderr: NodeJS.WritableStream },
): Promise<Report> {
  const secretKey = keyFor("secretKey", options.key);
  if (options.folder !== undefined && !existsSync(options.folder)) {
    throw new ImportError(`there is no folder ${options.folder}: make it, or leave out --folder`);
  }
  try {
    return await sendFrom(file, options, secretKey, surroundings, false);
  } catch (error) {
    if (!(error instanceof ChangedError)) throw error;
    surroundings.stderr.write(
      "the file or its mapping has changed since an import of it was cut off: begins anew; what was sent before counts once\n",
    );
    return sendFrom(file, options, secretKey, surroundings, true);
  }
}

async function sendFrom(
  file: string,
  options: ImportOptions,
  secretKey: string,
  { stderr, sleep }: ImportSurroundings & { stderr: NodeJS.WritableStream },
  anew: boolean,
): Promise<Report> {
  const { url } = options;
  const source = await openSource(file);
  const journal = await openJournal({
    placePath: besides(file, options, "import"),
    rejectsPath: besides(file, options, "rejected"),
    url,
    secretKey,
    anew,
  });
  const { entries } = journal.begun;
  if (entries > 0) {
    stderr.write(
      `goes on behind the ${entries.toLocaleString("en")} events that were sent before it was cut off\n`,
    );
  }
  const progress = createProgress({ label: "import", total: source.size });
  try {
    return await sendEntries(readEntries(source, options, journal.header), {
      url,
      secretKey,
      journal,
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
  const { code, syscall, path }: NodeJS.ErrnoException = Object(error);
  if (syscall !== undefined && ["EACCES", "EROFS", "ENOSPC", "EPERM"].includes(code ?? "")) {
    return `${path ?? "the file of rejected rows"} cannot be written (${code}): give another folder with --folder`;
  }
  const known =
    error instanceof SendError || error instanceof ImportError || error instanceof StartError;
  return known ? error.message : undefined;
}
