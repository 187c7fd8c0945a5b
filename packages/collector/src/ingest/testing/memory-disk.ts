import type { Disk, DiskFile } from "../disk.js";

/** What may fail: each call that the spool makes. */
export const CALLS = [
  "makeFolder",
  "list",
  "open",
  "rename",
  "remove",
  "read",
  "write",
  "truncate",
  "datasync",
  "sync",
  "stat",
] as const;

export type Call = (typeof CALLS)[number];

interface Inode {
  bytes: Buffer;
  /** What is certain to outlive a power cut. */
  synced: Buffer;
}

/**
 * A folder in memory that fails when told and loses in a power cut what a disk may lose: bytes that
 * were not synced, wholly, from any place on, or garbled; names that were given, changed or removed
 * since the folder was synced.
 */
export class MemoryDisk {
  readonly #names = new Map<string, Inode>();
  #lasting = new Map<string, Inode>();
  /** The call that fails, and how often it still does. */
  fault: { call: Call; times: number } | undefined;

  get files(): string[] {
    return [...this.#names.keys()];
  }

  /** The disk as one process sees it; once it is `dead`, no call ever ends. */
  view(process: { dead: boolean }): Disk {
    const call = async <Result>(kind: Call, work: () => Result): Promise<Result> => {
      await Promise.resolve();
      if (process.dead) return new Promise<never>(() => undefined);
      if (this.#fails(kind)) throw new Error(`EIO: i/o error, ${kind}`);
      return work();
    };
    return {
      makeFolder: () => call("makeFolder", () => undefined),
      list: () =>
        call("list", () => this.files.map((path) => path.slice(path.lastIndexOf("/") + 1))),
      rename: (from, to) =>
        call("rename", () => {
          this.#names.set(to, this.#inode(from));
          this.#names.delete(from);
        }),
      remove: (path) => call("remove", () => void this.#names.delete(path)),
      open: (path, flags) => call("open", () => this.#open(path, flags, call)),
    };
  }

  /** @param choose A number from 0 to below its argument. */
  cutPower(choose: (below: number) => number): void {
    const inodes = new Set([...this.#names.values(), ...this.#lasting.values()]);
    const names = new Map<string, Inode>();
    for (const inode of inodes) {
      const from = choose(2) === 0 ? this.#names : this.#lasting;
      const name = [...from].find(([, other]) => other === inode)?.[0];
      if (name !== undefined) names.set(name, inode);
      inode.bytes = remains(inode, choose);
      inode.synced = inode.bytes;
    }
    this.#names.clear();
    for (const [name, inode] of names) this.#names.set(name, inode);
    this.#lasting = names;
  }

  #fails(call: Call): boolean {
    if (this.fault?.call !== call || this.fault.times === 0) return false;
    this.fault.times -= 1;
    return true;
  }

  #inode(path: string): Inode {
    const inode = this.#names.get(path);
    if (inode === undefined)
      throw Object.assign(new Error(`ENOENT: no such file, ${path}`), { code: "ENOENT" });
    return inode;
  }

  #open(
    path: string,
    flags: string,
    call: <Result>(kind: Call, work: () => Result) => Promise<Result>,
  ): DiskFile {
    const folder = !path.includes(".");
    const made: Inode = { bytes: Buffer.alloc(0), synced: Buffer.alloc(0) };
    if (flags === "wx") this.#names.set(path, made);
    const inode = folder || flags === "wx" ? made : this.#inode(path);
    return {
      read: (bytes, offset, length, at) =>
        call("read", () => ({ bytesRead: inode.bytes.copy(bytes, offset, at, at + length) })),
      write: async (bytes, offset, length, at) => {
        // A disk that fails or is full takes a part first; one that does not may too.
        const half = Math.max(1, Math.floor(length / 2));
        const put = (taken: number): { bytesWritten: number } => {
          const end = Math.max(inode.bytes.length, at + taken);
          const grown = Buffer.alloc(end);
          inode.bytes.copy(grown);
          bytes.copy(grown, at, offset, offset + taken);
          inode.bytes = grown;
          return { bytesWritten: taken };
        };
        if (this.fault?.call === "write" && this.fault.times > 0) put(half);
        return call("write", () => put(length > 100 ? half : length));
      },
      truncate: (length) =>
        call("truncate", () => void (inode.bytes = inode.bytes.subarray(0, length))),
      datasync: () => call("datasync", () => void (inode.synced = inode.bytes)),
      sync: () => call("sync", () => void (this.#lasting = new Map(this.#names))),
      stat: () => call("stat", () => ({ size: inode.bytes.length, mtimeMs: 0 })),
      close: async () => undefined,
    };
  }
}

function remains({ bytes, synced }: Inode, choose: (below: number) => number): Buffer {
  const unsynced = bytes.length - synced.length;
  if (unsynced <= 0) return bytes;
  const left = Buffer.from(bytes.subarray(0, synced.length + choose(unsynced + 1)));
  for (let harm = choose(4); harm > 0 && left.length > synced.length; harm--) {
    const at = synced.length + choose(left.length - synced.length);
    left[at] = choose(256);
  }
  return left;
}
