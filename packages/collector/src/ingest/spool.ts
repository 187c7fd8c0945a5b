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
import { setTimeout } from "node:timers/promises";
import { type Disk, readAt, realDisk, withFile } from "./disk.js";
import { Folder, type FrozenSegment } from "./folder.js";
import { Group } from "./group.js";
import { OpenSegment } from "./open-segment.js";
import { SEGMENT_HEADER } from "./segment.js";

export class SpoolFullError extends Error {
  override readonly name = "SpoolFullError";
}

export interface SpoolOptions {
  dir: string;
  /** Bytes on disk, over all segments, past which nothing more is taken. */
  maxBytes: number;
  /** Bytes at which a segment is frozen. @default 8 MiB */
  segmentBytes?: number;
  disk?: Disk;
  now?: () => number;
}

/**
 * Milliseconds that records wait for others to share their write and sync: each costs two calls of
 * the disk's threads, whose waking alone takes longer than handling a request.
 */
const GATHERING = 1;

/** Bytes that wait for no others. */
const FULL_GROUP = 256 * 1024;

export class Spool {
  readonly #options: Required<SpoolOptions>;
  readonly #folder: Folder;
  #frozen: FrozenSegment[] = [];
  #current: OpenSegment | undefined;
  #sequence = 0;
  /** What waits for the disk, and what is on its way there. */
  #waiting = new Group();
  #written = new Group();
  /** Bytes on disk or waiting for it. */
  #bytes = 0;
  /** Ends when no write, sync or rotation is under way: they happen one after the other. */
  #work: Promise<void> = Promise.resolve();
  #flushing = false;
  #closed = false;

  private constructor(options: SpoolOptions) {
    this.#options = { segmentBytes: 8 * 1024 * 1024, disk: realDisk, now: Date.now, ...options };
    this.#folder = new Folder(options.dir, this.#options.disk);
  }

  /** Opens the folder, made if need be, and freezes what an earlier process left open. */
  static async open(options: SpoolOptions): Promise<Spool> {
    const spool = new Spool(options);
    spool.#frozen = await spool.#folder.recover();
    for (const { name, bytes } of spool.#frozen) {
      spool.#sequence = Math.max(spool.#sequence, Folder.sequence(name));
      spool.#bytes += bytes;
    }
    return spool;
  }

  /** Bytes held, on disk or waiting for it. */
  get bytes(): number {
    return this.#bytes;
  }

  get maxBytes(): number {
    return this.#options.maxBytes;
  }

  /** Segments on disk, the open one included. */
  get segments(): number {
    return this.#frozen.length + (this.#current === undefined ? 0 : 1);
  }

  /** The segments to drain, oldest first. */
  get frozen(): readonly FrozenSegment[] {
    return this.#frozen;
  }

  /** Milliseconds that the oldest record has been here; 0 when there is none. */
  oldestAge(): number {
    const oldest = this.#frozen[0] ?? this.#current;
    return oldest === undefined ? 0 : Math.max(0, this.#options.now() - oldest.createdAt);
  }

  /**
   * Keeps the records, whose buffer is the caller's again at once; when the promise resolves they are on disk.
   * @throws SpoolFullError when there is no room, or the disk says so; nothing is kept then.
   */
  append(records: Buffer): Promise<void> {
    if (this.#closed) return Promise.reject(new SpoolFullError("the spool is closed"));
    if (records.length === 0) return Promise.resolve();
    // A new segment may be begun for these records, and another before them.
    if (this.#bytes + records.length + 2 * SEGMENT_HEADER > this.#options.maxBytes) {
      return Promise.reject(
        new SpoolFullError(`the spool holds its limit of ${this.#options.maxBytes} bytes`),
      );
    }
    this.#bytes += records.length;
    const kept = this.#waiting.add(records);
    this.#flushSoon();
    return kept;
  }

  /** Freezes the open segment, if there is one, so that the drain can take it. */
  async freeze(): Promise<void> {
    await this.#exclusively(() => this.#rotate());
  }

  /** Freezes the open segment once its oldest record has been there for so many milliseconds. */
  async freezeOlderThan(age: number): Promise<void> {
    if (this.#current === undefined) return;
    const reached = this.#options.now() - this.#current.createdAt;
    // A clock that was put back must not keep it open until then.
    if (reached >= age || reached < 0) await this.freeze();
  }

  /** The bytes of a frozen segment; undefined when something has removed its file. */
  async read(
    segment: FrozenSegment,
    bufferFor: (bytes: number) => Buffer = (bytes) => Buffer.allocUnsafe(bytes),
  ): Promise<Buffer | undefined> {
    try {
      return await withFile(this.#options.disk, segment.path, async (file) => {
        const { size } = await file.stat();
        return readAt(file, 0, size, bufferFor(size));
      });
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }

  /**
   * Removes a frozen segment whose rows ClickHouse has acknowledged. The folder is not synced for
   * that: the next new segment does it, and what a power cut brings back before are the latest
   * segments, whose tokens ClickHouse still knows.
   */
  async remove(segment: FrozenSegment): Promise<void> {
    await this.#options.disk.remove(segment.path);
    this.#forget(segment);
  }

  /** Takes a segment that holds damage out of the way, kept under another name for whoever looks. */
  async setAside(segment: FrozenSegment): Promise<string> {
    const path = this.#folder.path(segment.name, ".damaged");
    await this.#options.disk.rename(segment.path, path);
    this.#forget(segment);
    return path;
  }

  /** Syncs what waits and takes nothing more. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.freeze();
  }

  #forget(segment: FrozenSegment): void {
    const left = this.#frozen.filter((other) => other.name !== segment.name);
    if (left.length < this.#frozen.length) this.#bytes -= segment.bytes;
    this.#frozen = left;
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    void this.#exclusively(async () => {
      while (!this.#waiting.isEmpty) {
        if (this.#waiting.length < FULL_GROUP) await setTimeout(GATHERING);
        await this.#flush();
      }
      this.#flushing = false;
    });
  }

  /** One write and one sync for all that waits. Never throws: each waiting append is told. */
  async #flush(): Promise<void> {
    const group = this.#waiting;
    this.#waiting = this.#written;
    this.#written = group;
    try {
      const segment = await this.#ensureOpen();
      await segment.append(group.bytes);
    } catch (error) {
      this.#bytes -= group.length;
      await this.#rotate();
      return group.settle(asSpoolError(error));
    }
    group.settle();
    if ((this.#current?.bytes ?? 0) >= this.#options.segmentBytes) await this.#rotate();
  }

  async #ensureOpen(): Promise<OpenSegment> {
    if (this.#current !== undefined) return this.#current;
    const sequence = ++this.#sequence;
    this.#current = await OpenSegment.create(this.#folder, sequence, this.#options.now());
    this.#bytes += SEGMENT_HEADER;
    return this.#current;
  }

  /** Never throws. */
  async #rotate(): Promise<void> {
    const segment = this.#current;
    if (segment === undefined) return;
    this.#current = undefined;
    const frozen = await segment.freeze();
    this.#bytes += (frozen?.bytes ?? 0) - segment.bytes;
    if (frozen !== undefined) this.#frozen.push(frozen);
  }

  #exclusively(work: () => Promise<void>): Promise<void> {
    const result = this.#work.then(work);
    this.#work = result.catch(() => undefined);
    return result;
  }
}

function asSpoolError(error: unknown): SpoolFullError {
  return new SpoolFullError(
    `the disk refused: ${error instanceof Error ? error.message : String(error)}`,
  );
}
