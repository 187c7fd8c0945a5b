import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";

export interface FullDisk {
  path: string;
  /** Settings for a process that is to see the disk as full. */
  settings: Record<string, string>;
}

/** Every way to make something on a disk says that it is full, as the system would. */
const REFUSAL = `import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
fs.mkdirSync = fs.writeFileSync = (path) => {
  const message = "ENOSPC: no space left on device, open '" + path + "'";
  throw Object.assign(new Error(message), { code: "ENOSPC", path });
};
syncBuiltinESMExports();
`;

/**
 * A disk of one page, which a folder fills: a real one where the system lets us mount it, else one
 * that is played by a module loaded before the program.
 */
export function makeFullDisk(folder: string): FullDisk {
  const path = join(folder, "disk");
  mkdirSync(path);
  const mount = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", path]);
  if (mount.status === 0) {
    onTestFinished(() => void spawnSync("umount", [path]));
    return { path, settings: {} };
  }
  const refusal = join(folder, "refusal.mjs");
  writeFileSync(refusal, REFUSAL);
  return { path, settings: { NODE_OPTIONS: `--import ${refusal}` } };
}
