import { randomBytes } from "node:crypto";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { Random } from "../../packages/collector/dist/demo/random.js";
import type { Notes } from "./sabotage.js";

const GARBAGE = 200;

/**
 * What a power cut does to a spool whose process was killed. What a sync has covered stays; of the
 * rest anything may be: bytes are gone or are garbage, new files are not there, renamed ones have
 * their old name, and removed ones are back.
 * @returns how many of these things it did.
 */
export function cutPower(spool: string, notes: Notes, random: Random): number {
  return (
    cutTails(spool, notes, random) + undoNames(spool, notes, random) + undoRemovals(spool, random)
  );
}

function cutTails(spool: string, { files }: Notes, random: Random): number {
  const lengths = new Map([...files].map(([path, bytes]) => [stem(path), bytes]));
  let done = 0;
  for (const file of readdirSync(spool).filter((name) => name.endsWith(".open"))) {
    const path = join(spool, file);
    const { size } = statSync(path);
    const synced = lengths.get(stem(file)) ?? 0;
    const kept = Math.min(size, random.whole(synced, Math.max(synced, size)));
    truncateSync(path, kept);
    if (kept < size) done += 1;
    if (random.chance(0.5)) {
      appendFileSync(path, randomBytes(random.whole(1, GARBAGE)));
      done += 1;
    }
  }
  return done;
}

function undoNames(spool: string, { names }: Notes, random: Random): number {
  let done = 0;
  for (const file of readdirSync(spool).filter((name) => /\.(open|seg)$/.test(name))) {
    if (names.has(file) || random.chance(0.5)) continue;
    const opened = `${stem(file)}.open`;
    if (names.has(opened)) renameSync(join(spool, file), join(spool, opened));
    else rmSync(join(spool, file));
    done += 1;
  }
  return done;
}

function undoRemovals(spool: string, random: Random): number {
  const graves = join(spool, "removed");
  if (!existsSync(graves)) return 0;
  let done = 0;
  for (const file of readdirSync(graves)) {
    const risen = random.chance(0.5);
    if (risen) renameSync(join(graves, file), join(spool, file));
    else rmSync(join(graves, file));
    if (risen) done += 1;
  }
  return done;
}

function stem(path: string): string {
  return basename(path).replace(/\.\w+$/, "");
}
