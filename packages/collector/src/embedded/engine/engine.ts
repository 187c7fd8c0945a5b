import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type * as Chdb from "chdb";
import type { Session } from "chdb";
import { EmbeddedStartError, firstLine, OWNER_FILE, startError, systemCode } from "../failure.js";
import { quoteIdentifier, quoteString } from "../sql/quote.js";

/** chDB on one data directory: the only place that opens it. */
export interface Engine {
  /** A connection of its own: cheap (0.1 ms), but it holds about 130 kB until no statement at all is running. */
  connect(): Session;
  /** Cancels whatever runs on the connections that carry this `log_comment`. */
  kill(comment: string): Promise<void>;
  /** Where bodies of inserts wait; empty at start. */
  inbox: string;
  version: string;
  timezone: string;
  close(): Promise<void>;
}

/**
 * Opens the data directory and makes sure that the database is there.
 * chDB itself holds a kernel lock on its `status` file: it vanishes with the process, however that dies.
 *
 * @throws EmbeddedStartError
 */
export async function openEngine(options: {
  dataDir: string;
  database: string;
  ownerPid: number;
}): Promise<Engine> {
  const { dataDir, database, ownerPid } = options;
  const chdb = await loadLibrary();
  const inbox = join(dataDir, "inbox");
  await prepare(dataDir);
  const connect = () => new chdb.Session(dataDir);
  const anchor = open(connect, dataDir);
  try {
    await writeFile(join(dataDir, OWNER_FILE), String(ownerPid), { mode: 0o600 });
    // Only now, under the lock: before it, these files could be another process's.
    await rm(inbox, { recursive: true, force: true });
    await mkdir(inbox, { mode: 0o700 });
    await anchor.queryAsync(`CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(database)}`);
    const about = await anchor.queryAsync("SELECT version(), timezone()", { format: "TSV" });
    const [version = "", timezone = "UTC"] = about.text().trim().split("\t");
    let killing: Promise<unknown> = Promise.resolve();
    return {
      connect,
      inbox,
      version,
      timezone,
      kill: async (comment) => {
        // A statement that is killed before its pipeline runs is marked as cancelled and goes on.
        const kill = `KILL QUERY WHERE Settings['log_comment'] = ${quoteString(comment)} AND elapsed > 0.05 ASYNC`;
        // One statement at a time on the anchor; a statement that has just ended is nothing to kill.
        killing = killing.then(() => anchor.queryAsync(kill)).catch(() => undefined);
        await killing;
      },
      close: async () => {
        await killing;
        anchor.close();
        await chdb.drainPending();
        await rm(join(dataDir, OWNER_FILE), { force: true });
      },
    };
  } catch (error) {
    anchor.close();
    throw startError(error, dataDir);
  }
}

async function loadLibrary(): Promise<typeof Chdb> {
  try {
    return await import("chdb");
  } catch (error) {
    const missing = systemCode(error) === "ERR_MODULE_NOT_FOUND";
    const why = missing
      ? "is not installed here"
      : `does not load on ${process.platform}-${process.arch} (${firstLine(error)})`;
    throw new EmbeddedStartError(
      "LIBRARY_MISSING",
      `chDB, the library behind the embedded ClickHouse, ${why}: set CLICKHOUSE_URL to a ClickHouse server.`,
      { cause: error },
    );
  }
}

async function prepare(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw startError(error, dataDir);
  }
}

function open(connect: () => Session, dataDir: string): Session {
  try {
    return connect();
  } catch (error) {
    throw startError(error, dataDir);
  }
}
