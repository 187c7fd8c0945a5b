import { mkdir, open, readdir, rename, rm } from "node:fs/promises";

/** What the spool asks of the disk; tests hand in one that fails. */
export interface Disk {
  makeFolder: (path: string) => Promise<unknown>;
  list: (folder: string) => Promise<string[]>;
  open: (path: string, flags: string) => Promise<DiskFile>;
  rename: (from: string, to: string) => Promise<void>;
  remove: (path: string) => Promise<void>;
}

export interface DiskFile {
  read: (
    bytes: Buffer,
    offset: number,
    length: number,
    at: number,
  ) => Promise<{ bytesRead: number }>;
  write: (
    bytes: Buffer,
    offset: number,
    length: number,
    at: number,
  ) => Promise<{ bytesWritten: number }>;
  truncate: (length: number) => Promise<void>;
  datasync: () => Promise<void>;
  sync: () => Promise<void>;
  stat: () => Promise<{ size: number; mtimeMs: number }>;
  close: () => Promise<void>;
}

export const realDisk: Disk = {
  makeFolder: (path) => mkdir(path, { recursive: true, mode: 0o700 }),
  list: (folder) => readdir(folder),
  open: (path, flags) => open(path, flags, 0o600),
  rename,
  remove: (path) => rm(path, { force: true }),
};

/** Writes all of the bytes: the disk may take a part at a time. */
export async function writeAll(file: DiskFile, bytes: Buffer, at: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, at + written);
    if (bytesWritten === 0) throw new Error("the disk took no byte of a write");
    written += bytesWritten;
  }
}

/** What stands in the file from `at` on, at most `length` bytes, in that buffer or one of its own. */
export async function readAt(
  file: DiskFile,
  at: number,
  length: number,
  bytes: Buffer = Buffer.allocUnsafe(length),
): Promise<Buffer> {
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Runs the work with the file open and closes it, whatever comes. */
export async function withFile<Result>(
  disk: Disk,
  path: string,
  work: (file: DiskFile) => Promise<Result>,
): Promise<Result> {
  const file = await disk.open(path, "r");
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
