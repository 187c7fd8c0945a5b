import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";

/** The tables that collectors insert into. */
const TABLES = ["events", "feedback", "contacts", "identities", "rejected_events"] as const;

/** The tables as the owner reads them, past collectors and proxy. */
export class Store {
  constructor(
    readonly url: () => string,
    readonly password: string,
  ) {}

  /**
   * Copies of a row are merged away in time: without merges every insert that was done twice shows
   * as rows. Kept in the tables' settings, so that it outlives kills. Copies within one insert are
   * still collapsed as it is written; `rejected_events`, which keeps all rows, shows those.
   */
  async stopMerges(): Promise<void> {
    for (const table of TABLES) {
      await this.lines(
        `ALTER TABLE ${table} MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = 1,
         max_bytes_to_merge_at_min_space_in_pool = 1, parts_to_delay_insert = 100000,
         parts_to_throw_insert = 100000, merge_with_ttl_timeout = 100000000`,
        () => undefined,
      );
    }
  }

  /** Parts that are the work of a merge. */
  async mergedParts(): Promise<number> {
    let parts = 0;
    const names = TABLES.map((name) => `'${name}'`).join(", ");
    await this.lines(
      `SELECT count() FROM system.parts WHERE active AND min_block_number < max_block_number AND database = 'balise' AND table IN (${names})`,
      (line) => (parts = Number(line)),
    );
    return parts;
  }

  /** The answer of a statement, line by line, columns between tabs. */
  async lines(query: string, take: (line: string) => void): Promise<void> {
    const response = await fetch(`${this.url()}/?database=balise&default_format=TSV`, {
      method: "POST",
      headers: { "x-clickhouse-user": "default", "x-clickhouse-key": this.password },
      body: query,
    });
    if (!response.ok || response.body === null)
      throw new Error(`${query}: ${response.status} ${await response.text()}`);
    for await (const line of createInterface({
      input: Readable.fromWeb(response.body as ReadableStream),
    }))
      take(line);
  }
}
