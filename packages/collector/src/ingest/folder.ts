import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { type Disk, readAt, withFile } from "./disk.js";
import { createdAtOf, SEGMENT_HEADER } from "./segment.js";

/** A segment that is never written again. */
export interface FrozenSegment {
  /** Order of writing and a random part; unique for ever. */
  name: string;
  path: string;
  bytes: number;
  /** When its oldest record was written, epoch milliseconds. */
  createdAt: number;
}

/** What becomes of a segment's file: written to, frozen, or kept because the disk harmed it. */
type State = ".open" | ".seg" | ".damaged";

const SEGMENT = /^(\d{12}-[0-9a-f]{16})(\.open|\.seg)$/;

/** The files of the spool. */
export class Folder {
  constructor(
    readonly dir: string,
    readonly disk: Disk,
  ) {}

  path(name: string, state: State): string {
    return join(this.dir, name + state);
  }

  /** A name that sorts behind those of smaller sequences, and that no other spool has given. */
  name(sequence: number): string {
    return `${String(sequence).padStart(12, "0")}-${randomBytes(8).toString("hex")}`;
  }

  /** The last sequence of a name. */
  static sequence(name: string): number {
    return Number.parseInt(name, 10);
  }

  /** Makes the folder if need be, and freezes what an earlier process left open; oldest first. */
  async recover(): Promise<FrozenSegment[]> {
    await this.disk.makeFolder(this.dir);
    const segments: FrozenSegment[] = [];
    for (const file of (await this.disk.list(this.dir)).toSorted()) {
      const [, name, state] = SEGMENT.exec(file) ?? [];
      if (name === undefined) continue;
      const path = this.path(name, ".seg");
      if (state === ".open") await this.disk.rename(join(this.dir, file), path);
      segments.push({ name, path, ...(await this.#inspect(path)) });
    }
    await this.sync();
    return segments;
  }

  /** Makes the names in the folder as lasting as what stands in the files. */
  async sync(): Promise<void> {
    await withFile(this.disk, this.dir, (folder) => folder.sync());
  }

  /** Where the header does not tell when the segment was made, its last change stands in. */
  async #inspect(path: string): Promise<{ bytes: number; createdAt: number }> {
    return withFile(this.disk, path, async (file) => {
      const { size, mtimeMs } = await file.stat();
      const createdAt = createdAtOf(await readAt(file, 0, SEGMENT_HEADER)) ?? mtimeMs;
      return { bytes: size, createdAt };
    });
  }
}
