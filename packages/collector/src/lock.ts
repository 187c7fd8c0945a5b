import { randomUUID } from "node:crypto";
import {
  linkSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StartError } from "./config.js";

/** Milliseconds between two signs of life, and after which a holder without one is gone. */
const BEAT = 2000;
const SILENCE = 15_000;

/**
 * Takes the data directory for this process: two drains over one spool would lose each other's
 * events. Within one pid namespace the system tells whether the holder lives, so a lock left by a
 * killed process is taken over at once; from another container only its signs of life do.
 * @returns a function that gives the directory back.
 * @throws StartError when a living process holds it.
 */
export async function lockDataDir(dataDir: string, silence = SILENCE): Promise<() => void> {
  const path = join(dataDir, "collector.lock");
  const mine = `${randomUUID()} ${whoIs(process.pid)}`;
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      return keep(path, mine);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = read(path);
    if (holder === undefined) continue;
    if (!(await isGone(path, holder, silence))) {
      const pid = pidOf(holder);
      throw new StartError(
        `the data directory ${dataDir} is held by another Balise (pid ${pid}): stop it, or set BALISE_DATA_DIR`,
      );
    }
    takeAway(path, holder);
  }
}

/** Who holds the data directory, as far as it can be told from here; undefined where nobody does. */
export async function lockHolder(
  dataDir: string,
  silence = SILENCE,
): Promise<{ pid: number; lives: boolean } | undefined> {
  const path = join(dataDir, "collector.lock");
  const holder = read(path);
  if (holder === undefined) return undefined;
  return { pid: pidOf(holder), lives: !(await isGone(path, holder, silence)) };
}

const pidOf = (holder: string): number => Number.parseInt(holder.split(" ")[1] ?? "", 10);

/** Shows that the holder lives until the lock is given back. */
function keep(path: string, mine: string): () => void {
  const beat = setInterval(() => {
    const now = new Date();
    if (read(path) === mine) utimesSync(path, now, now);
  }, BEAT);
  beat.unref();
  return () => {
    clearInterval(beat);
    if (read(path) === mine) unlinkSync(path);
  };
}

async function isGone(path: string, holder: string, silence: number): Promise<boolean> {
  const [, pid = "", started = "", namespace = ""] = holder.split(" ");
  if (namespace !== "" && namespace === pidNamespace()) {
    return whoIs(Number(pid)) !== `${pid} ${started} ${namespace}`;
  }
  if (namespace === "" && pidNamespace() === "" && !runs(Number(pid))) return true;
  // Its pid says nothing here: wait whether it beats once more.
  const end = Date.now() + silence;
  const last = beatOf(path);
  while (Date.now() < end) {
    if (beatOf(path) !== last || read(path) !== holder) return false;
    if (last !== undefined && Date.now() - last > silence) return true;
    await new Promise((resolve) => setTimeout(resolve, BEAT / 4));
  }
  return true;
}

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Of several that find the same stale lock, one takes it away; a lock made meanwhile is put back. */
function takeAway(path: string, holder: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
    if (read(aside) !== holder) linkSync(aside, path);
    unlinkSync(aside);
  } catch {
    // Another was faster.
  }
}

/** The pid, when its process started (pids are used again), and the namespace that numbers it. */
function whoIs(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return `${pid} ${fields[19]} ${pidNamespace()}`;
  } catch {
    return `${pid}`;
  }
}

/** Empty where the system has none, or the pid is numbered by another. */
function pidNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function beatOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
