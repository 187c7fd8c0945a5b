import { randomBytes } from "node:crypto";
import { appendFileSync, readdirSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../../packages/collector/dist/demo/random.js";
import type { Notes } from "./sabotage.js";

const GARBAGE = 200;

/**
 * What a power cut does to a spool whose process was killed: of the bytes that no sync has covered
 * any part is gone, and what stands at the end may be anything. What was synced stays.
 * @returns how many bytes were taken away.
 */
export function cutPower(spool: string, notes: Notes, random: Random): number {
  const lengths = new Map(
    [...notes.files].map(([path, bytes]) => [
      path.replace(/.*\//, "").replace(/\.\w+$/, ""),
      bytes,
    ]),
  );
  let gone = 0;
  for (const file of readdirSync(spool)) {
    if (!file.endsWith(".open")) continue;
    const path = join(spool, file);
    const { size } = statSync(path);
    const synced = lengths.get(file.replace(/\.\w+$/, "")) ?? 0;
    const kept = Math.min(size, random.whole(synced, Math.max(synced, size)));
    truncateSync(path, kept);
    gone += size - kept;
    // A file that is on disk without its header is no segment, with or without garbage.
    if (random.chance(0.5)) appendFileSync(path, randomBytes(random.whole(1, GARBAGE)));
  }
  return gone;
}
