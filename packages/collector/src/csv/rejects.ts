import { open, rm, truncate } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import type { Original } from "./entries.js";

/** A line of the file that was not taken. */
export interface Reject {
  line: number;
  code: string;
  message: string;
  original: Original;
}

/** Columns before those of the file, whose names mappings leave alone. */
const COLUMNS = ["balise_line", "balise_code", "balise_reason"];

/**
 * The file of what was refused and why, as the file that it came from: CSV with three columns before
 * its own, which can be corrected and imported with the same mapping; or NDJSON with the line as text.
 */
export class Rejects {
  #pending = "";
  #header: string | undefined;
  #delimiter = ",";
  #bytes = 0;

  constructor(readonly path: string) {}

  /** How long the file is, all of it on disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Goes on behind so many bytes: what a process that was killed wrote after them is written again. */
  async begin(bytes: number): Promise<void> {
    if (bytes === 0) await rm(this.path, { force: true });
    else await truncate(this.path, bytes);
    this.#bytes = bytes;
  }

  header(cells: readonly string[], delimiter: string): void {
    this.#delimiter = delimiter;
    this.#header = this.#csv([...COLUMNS, ...cells]);
  }

  add({ line, code, message, original }: Reject): void {
    if (this.#header === undefined) {
      const text = Buffer.isBuffer(original) ? original.toString("utf8") : null;
      this.#pending += `${JSON.stringify({ line, code, reason: message, text })}\n`;
      return;
    }
    const cells = Buffer.isBuffer(original) ? [] : (original ?? []);
    if (this.#bytes === 0 && this.#pending === "") this.#pending = this.#header;
    this.#pending += this.#csv([String(line), code, message, ...cells]);
  }

  /** Brings to disk what was added. */
  async save(): Promise<void> {
    if (this.#pending === "") return;
    // They may hold what is personal: nobody else's to read.
    const file = await open(this.path, "a", 0o600);
    try {
      await file.writeFile(this.#pending);
      await file.sync();
    } finally {
      await file.close();
    }
    this.#bytes += Buffer.byteLength(this.#pending);
    this.#pending = "";
  }

  #csv(cells: readonly string[]): string {
    return stringify([[...cells]], { delimiter: this.#delimiter });
  }
}
