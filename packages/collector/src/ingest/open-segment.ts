import { type Disk, type DiskFile, writeAll } from "./disk.js";
import type { Folder, FrozenSegment } from "./folder.js";
import { SEGMENT_HEADER, segmentHeader } from "./segment.js";

/** The segment that is written to: header, then records, each group of them synced. */
export class OpenSegment {
  /** Bytes that are on disk for certain. */
  #synced = SEGMENT_HEADER;

  private constructor(
    readonly name: string,
    readonly createdAt: number,
    readonly folder: Folder,
    readonly file: DiskFile,
  ) {}

  /** Nothing of it stays behind when it fails. */
  static async create(folder: Folder, sequence: number, now: number): Promise<OpenSegment> {
    const name = folder.name(sequence);
    const path = folder.path(name, ".open");
    const file = await folder.disk.open(path, "wx");
    try {
      await writeAll(file, segmentHeader(now), 0);
      // A new file is there after a power cut only once its folder is synced. The same sync makes
      // lasting that segments before it were removed or renamed.
      await folder.sync();
      return new OpenSegment(name, now, folder, file);
    } catch (error) {
      await discard(folder.disk, file, path);
      throw error;
    }
  }

  get bytes(): number {
    return this.#synced;
  }

  /** One write and one sync; when it has failed, the segment must be frozen. */
  async append(records: Buffer): Promise<void> {
    await writeAll(this.file, records, this.#synced);
    await this.file.datasync();
    this.#synced += records.length;
  }

  /**
   * Ends the writing. What a failed write left behind the last synced byte, which nobody was told
   * was kept, is cut off where the disk does that; a segment without records goes away.
   * @returns the frozen segment, under its open name where the disk does not even rename.
   */
  async freeze(): Promise<FrozenSegment | undefined> {
    const { folder, name, createdAt } = this;
    const opened = folder.path(name, ".open");
    if (this.#synced === SEGMENT_HEADER && (await discard(folder.disk, this.file, opened))) {
      return undefined;
    }
    const bytes = await this.#cut();
    await this.file.close().catch(() => undefined);
    const frozen = folder.path(name, ".seg");
    const path = await folder.disk.rename(opened, frozen).then(
      () => frozen,
      () => opened,
    );
    // Should the new name not survive a power cut, the next start freezes the old one.
    await folder.sync().catch(() => undefined);
    return { name, path, bytes, createdAt };
  }

  /** The length of the file once it was cut, if it could be. */
  async #cut(): Promise<number> {
    try {
      const { size } = await this.file.stat();
      if (size <= this.#synced) return size;
      await this.file.truncate(this.#synced).catch(() => undefined);
      return (await this.file.stat()).size;
    } catch {
      return this.#synced;
    }
  }
}

/** Whether the file is gone. */
async function discard(disk: Disk, file: DiskFile, path: string): Promise<boolean> {
  await file.close().catch(() => undefined);
  return disk.remove(path).then(
    () => true,
    () => false,
  );
}
