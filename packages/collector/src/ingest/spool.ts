/**
 * The spool: what stands between an acknowledgement and ClickHouse.
 *
 * What is always true:
 *  1. `append` resolves only after the records are on disk (`fdatasync`), in one segment, in order.
 *  2. Waiting appends share one write and one `fdatasync` (group commit).
 *  3. A segment is open (`.open`, only appended to) or frozen (`.seg`, never written again).
 *  4. A segment's name is never used twice, by any spool: it goes into the insert's token.
 *  5. A frozen segment is removed by `remove` alone, which the drain calls after ClickHouse's
 *     acknowledgement.
 *  6. The bytes of all segments never pass `maxBytes`; past it `append` throws `SpoolFullError`.
 *  7. After a crash, every whole record is kept and a torn tail, which nobody was told was kept,
 *     is passed over by the reader.
 *  8. A segment whose write or sync failed is frozen: after a failed `fdatasync` the state of its
 *     pages is unknown, so nothing more is promised about it.
 */
import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { SEGMENT_HEADER, segmentHeader } from "./segment.js";

export class SpoolFullError extends Error {
  override readonly name = "SpoolFullError";
}

export interface SpoolOptions {
  dir: string;
  /** Bytes on disk, over all segments, past which nothing more is taken. */
  maxBytes: number;
  /** Bytes at which a segment is frozen. @default 8 MiB */
  segmentBytes?: number;
  /** Opens a file; given by tests that make the disk fail. */
  openFile?: (path: string, flags: string) => Promise<FileHandle>;
  now?: () => number;
}

export interface FrozenSegment {
  /** Order of writing and a random part; unique for ever. */
  name: string;
  path: string;
  bytes: number;
}

interface Waiting {
  records: Buffer;
  resolve: () => void;
  reject: (error: unknown) => void;
}

interface OpenSegment {
  name: string;
  file: FileHandle;
  bytes: number;
}

const OPEN = ".open";
const FROZEN = ".seg";

export class Spool {
  readonly #options: Required<SpoolOptions>;
  #frozen: FrozenSegment[] = [];
  #current: OpenSegment | undefined;
  #sequence = 0;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  /** Ends when no write, sync or rotation is under way: they happen one after the other. */
  #work: Promise<void> = Promise.resolve();
  #flushing = false;
  #closed = false;

  private constructor(options: SpoolOptions) {
    this.#options = { segmentBytes: 8 * 1024 * 1024, openFile: open, now: Date.now, ...options };
  }

  /** Opens the folder, made if need be, and freezes what an earlier process left open. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(options);
    await mkdir(options.dir, { recursive: true, mode: 0o700 });
    const files = (await readdir(options.dir))
      .filter((file) => /^\d{12}-[0-9a-f]{16}\.(open|seg)$/.test(file))
      .toSorted();
    for (const file of files) {
      const name = file.replace(/\.(open|seg)$/, "");
      spool.#sequence = Math.max(spool.#sequence, Number.parseInt(name, 10));
      if (file.endsWith(OPEN)) await rename(join(options.dir, file), spool.#path(name, FROZEN));
      const path = spool.#path(name, FROZEN);
      spool.#frozen.push({ name, path, bytes: (await stat(path)).size });
    }
    await spool.#syncFolder();
    return spool;
  }

  /** Bytes held, on disk or waiting for it. */
  get bytes(): number {
    const frozen = this.#frozen.reduce((sum, segment) => sum + segment.bytes, 0);
    return frozen + (this.#current?.bytes ?? 0) + this.#waitingBytes;
  }

  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  /** The segments to drain, oldest first. */
  get frozen(): readonly FrozenSegment[] {
    return this.#frozen;
  }

  /**
   * Keeps the records; when the promise resolves they are on disk.
   * @throws SpoolFullError when there is no room, or the disk says so; nothing is kept then.
   */
  append(records: Buffer): Promise<void> {
    if (this.#closed) return Promise.reject(new SpoolFullError("the spool is closed"));
    if (this.bytes + records.length + SEGMENT_HEADER > this.#options.maxBytes) {
      return Promise.reject(
        new SpoolFullError(`the spool holds its limit of ${this.#options.maxBytes} bytes`),
      );
    }
    this.#waitingBytes += records.length;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ records, resolve, reject });
      this.#flushSoon();
    });
  }

  /** Freezes the open segment if it holds anything, so that the drain can take it. */
  async freeze(): Promise<void> {
    await this.#exclusively(async () => {
      if (this.#current !== undefined && this.#current.bytes > SEGMENT_HEADER) await this.#rotate();
    });
  }

  /** Removes a frozen segment whose rows ClickHouse has acknowledged. */
  async remove(segment: FrozenSegment): Promise<void> {
    await rm(segment.path, { force: true });
    this.#frozen = this.#frozen.filter((other) => other.name !== segment.name);
  }

  /** Takes a segment that holds damage out of the way, kept under another name for whoever looks. */
  async setAside(segment: FrozenSegment): Promise<string> {
    const path = this.#path(segment.name, ".damaged");
    await rename(segment.path, path);
    this.#frozen = this.#frozen.filter((other) => other.name !== segment.name);
    return path;
  }

  /** Syncs what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.freeze();
    const file = this.#current?.file;
    this.#current = undefined;
    await file?.close();
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    void this.#exclusively(async () => {
      while (this.#waiting.length > 0) await this.#flush();
      this.#flushing = false;
    });
  }

  /** One write and one sync for all that waits. Never throws: each waiting append is told. */
  async #flush(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = [];
    const bytes = group.reduce((sum, { records }) => sum + records.length, 0);
    const failure = await this.#write(group.map(({ records }) => records)).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    this.#waitingBytes -= bytes;
    if (failure === undefined) {
      if (this.#current !== undefined) this.#current.bytes += bytes;
      for (const { resolve } of group) resolve();
      if ((this.#current?.bytes ?? 0) >= this.#options.segmentBytes) await this.#rotate();
    } else {
      await this.#rotate();
      for (const { reject } of group) reject(asSpoolError(failure.error));
    }
  }

  async #write(buffers: readonly Buffer[]): Promise<void> {
    const segment = await this.#ensureOpen();
    await writeAll(segment.file, buffers, segment.bytes);
    await segment.file.datasync();
  }

  async #ensureOpen(): Promise<OpenSegment> {
    if (this.#current !== undefined) return this.#current;
    const sequence = this.#sequence + 1;
    const name = `${String(sequence).padStart(12, "0")}-${randomBytes(8).toString("hex")}`;
    const file = await this.#options.openFile(this.#path(name, OPEN), "wx");
    this.#sequence = sequence;
    this.#current = { name, file, bytes: SEGMENT_HEADER };
    await writeAll(file, [segmentHeader(this.#options.now())], 0);
    await this.#syncFolder();
    return this.#current;
  }

  /**
   * Freezes the open segment with what it has; after a failed write its tail may be torn. Never
   * throws: where the disk does not even rename, the segment is drained under its open name.
   */
  async #rotate(): Promise<void> {
    const segment = this.#current;
    if (segment === undefined) return;
    this.#current = undefined;
    const { size } = await segment.file.stat().catch(() => ({ size: segment.bytes }));
    await segment.file.close().catch(() => undefined);
    const opened = this.#path(segment.name, OPEN);
    const frozen = this.#path(segment.name, FROZEN);
    const path = await rename(opened, frozen).then(
      () => frozen,
      () => opened,
    );
    this.#frozen.push({ name: segment.name, path, bytes: size });
    // Should the new name not survive a power cut, the next start freezes the old one.
    await this.#syncFolder().catch(() => undefined);
  }

  async #syncFolder(): Promise<void> {
    const folder = await open(this.#options.dir, "r");
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  #path(name: string, state: string): string {
    return join(this.#options.dir, name + state);
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

async function writeAll(
  file: FileHandle,
  buffers: readonly Buffer[],
  position: number,
): Promise<void> {
  const bytes =
    buffers.length === 1 && buffers[0] !== undefined ? buffers[0] : Buffer.concat(buffers);
  let written = 0;
  while (written < bytes.length) {
    const result = await file.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}

function asSpoolError(error: unknown): SpoolFullError {
  return new SpoolFullError(
    `the disk refused: ${error instanceof Error ? error.message : String(error)}`,
  );
}
