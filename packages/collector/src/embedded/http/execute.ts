import type { ChdbResult } from "chdb";
import type { Connection, Context } from "../engine/connection.js";
import type { Guard } from "../engine/guard.js";
import type { Pool } from "../engine/pool.js";
import { exception } from "../exception.js";
import { quoteString } from "../sql/quote.js";
import type { Statement } from "../sql/statement.js";
import type { Role } from "./accounts.js";
import { NOTHING, type Answer, type Summary } from "./answer.js";
import type { Inbox, Incoming } from "./body.js";
import { isStreamable } from "./formats.js";
import type { QueryParameters } from "./parameters.js";
import { READER_LIMITS, readerSettings } from "./reader-settings.js";

/** The connections, by what runs on them: nothing of one kind waits for another kind. */
export interface Lanes {
  /** Inserts with data: one after the other. */
  insert: Pool;
  /** DDL, mutations, INSERT … SELECT: one after the other, beside the inserts. */
  command: Pool;
  query: Pool;
  reader: Pool;
}

/** One request, understood. */
export interface Work {
  role: Role;
  method: string;
  parameters: QueryParameters;
  incoming: Incoming;
  answer: Answer;
  /** Fires when the client has gone. */
  gone: AbortSignal;
}

/** A result that cannot be streamed is held in memory: this much of it, unless the request says otherwise. */
const MAX_WHOLE_BYTES = String(256 * 1024 ** 2);

/** One block, hence all rows or none, and one part per partition: by default ClickHouse splits at a million rows. */
const ONE_BLOCK: [string, string][] = [
  ["max_insert_block_size", "1000000000"],
  ["min_insert_block_size_rows", "1000000000"],
  ["min_insert_block_size_bytes", "100000000000"],
];

/** Runs requests on the right lane. */
export function createExecute(
  lanes: Lanes,
  guard: Guard,
  inbox: Inbox,
  database: string,
): (work: Work) => Promise<void> {
  const contextOf = (work: Work, settings: ReadonlyMap<string, string>): Context => ({
    database: work.parameters.database ?? database,
    settings,
    params: work.parameters.params,
  });

  const insert = async (work: Work, statement: Extract<Statement, { kind: "insert" }>) => {
    const parcel = await inbox.receive(work.incoming.rows);
    try {
      const context = contextOf(work, new Map([...ONE_BLOCK, ...work.parameters.settings]));
      const text = `${statement.head} FROM INFILE ${quoteString(parcel.path)} COMPRESSION 'none' ${statement.settings} FORMAT ${statement.format}`;
      const summary = await lanes.insert.use(work.gone, async (connection) => {
        await connection.prepare(context, statement.head);
        if (parcel.bytes === 0) return NOTHING;
        return insertSummary(await connection.run(text));
      });
      await work.answer.whole("TabSeparated", summary, new Uint8Array());
    } finally {
      await parcel.discard();
    }
  };

  const command = async (work: Work, text: string) => {
    // As a server does: a link that somebody clicks on changes nothing.
    const implied: [string, string][] = work.method === "POST" ? [] : [["readonly", "2"]];
    const context = contextOf(work, new Map([...work.parameters.settings, ...implied]));
    const format = work.parameters.defaultFormat;
    const result = await lanes.command.use(work.gone, async (connection) => {
      try {
        await connection.prepare(context, text);
        return await connection.run(text, format);
      } finally {
        // SET, USE and CREATE TEMPORARY TABLE would outlive the request.
        connection.spoil();
      }
    });
    await work.answer.whole(format, resultSummary(result), result.bytes());
  };

  const read = async (work: Work, statement: Extract<Statement, { kind: "read" }>) => {
    const { parameters, role, gone, answer } = work;
    const format = statement.format ?? parameters.defaultFormat;
    const streams = statement.select && isStreamable(format) && !parameters.waitEndOfQuery;
    const lane = role === "reader" ? lanes.reader : lanes.query;
    const settings =
      role === "reader"
        ? new Map([...READER_LIMITS, ...readerSettings(parameters.settings)])
        : new Map([
            ...(streams ? [] : [["max_result_bytes", MAX_WHOLE_BYTES] as const]),
            ...parameters.settings,
          ]);
    const context = contextOf(work, settings);
    const result = await lane.use(gone, async (connection) => {
      let quiet: (() => void) | undefined;
      const cancel = () => {
        quiet = connection.kill();
      };
      try {
        await connection.prepare(context, statement.text);
        if (role === "reader") await guard.check(connection, statement.text, context.database);
        gone.throwIfAborted();
        gone.addEventListener("abort", cancel, { once: true });
        if (!streams) return await connection.run(statement.text, format);
        await answer.pieces(format, raw(connection, statement.text, format));
        return undefined;
      } finally {
        gone.removeEventListener("abort", cancel);
        quiet?.();
        // chDB lists a statement that was killed as running until its connection is used again or closed.
        if (gone.aborted) connection.spoil();
      }
    });
    if (result !== undefined) await answer.whole(format, resultSummary(result), result.bytes());
  };

  return async (work) => {
    const { statement } = work.incoming;
    if (statement.kind === "read") return read(work, statement);
    if (work.role === "reader") {
      throw exception(
        "READONLY",
        "Cannot execute query in readonly mode: this user may only read.",
      );
    }
    if (statement.kind === "command") return command(work, statement.text);
    if (work.method === "POST") return insert(work, statement);
    throw exception(
      "READONLY",
      "Cannot execute query in readonly mode. For queries over HTTP, method GET implies readonly. Use method POST for modifying queries.",
    );
  };
}

/**
 * The bytes of a result as they come. When the taker leaves before the end, the statement is killed and its stream is
 * read to that bitter end: chDB keeps a stream that is merely let go in its list of processes.
 */
async function* raw(
  connection: Connection,
  text: string,
  format: string,
): AsyncGenerator<Uint8Array> {
  const chunks = connection.stream(text, format)[Symbol.asyncIterator]();
  let over = true;
  try {
    for (;;) {
      over = true;
      const step = await chunks.next();
      if (step.done === true) return;
      over = false;
      yield step.value.raw();
    }
  } finally {
    if (!over) {
      const quiet = connection.kill();
      await readOut(chunks);
      quiet();
    }
  }
}

async function readOut(chunks: AsyncIterator<unknown>): Promise<void> {
  try {
    while ((await chunks.next()).done !== true);
  } catch {
    // "Query was cancelled" is the end that was asked for.
  }
}

/** Of a statement that returns rows. chDB counts the rows of the result; those that were read stand in JSON alone. */
function resultSummary(result: ChdbResult): Summary {
  const tail = Buffer.from(result.bytes().subarray(-200)).toString("latin1");
  const read = /"rows_read":\s*(\d+),\s*"bytes_read":\s*(\d+)\s*\}\s*\}\s*$/.exec(tail);
  return {
    ...NOTHING,
    readRows: Number(read?.[1] ?? 0),
    readBytes: Number(read?.[2] ?? 0),
    resultRows: result.rowsRead,
    resultBytes: result.bytesRead,
    elapsedNs: nanoseconds(result),
  };
}

/** Of an insert: what was read is what was written. */
function insertSummary(result: ChdbResult): Summary {
  return {
    ...NOTHING,
    readRows: result.rowsRead,
    readBytes: result.bytesRead,
    writtenRows: result.rowsRead,
    writtenBytes: result.bytesRead,
    elapsedNs: nanoseconds(result),
  };
}

const nanoseconds = (result: ChdbResult): number => Math.round(result.elapsed * 1e9);
