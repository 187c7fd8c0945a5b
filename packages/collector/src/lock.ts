import { readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartError } from "./config.js";

/**
 * Takes the data directory for this process: two drains over one spool would insert everything twice.
 * A lock whose process is gone, however it ended, is taken over.
 * @returns a function that gives the directory back.
 * @throws StartError when a living process holds it.
 */
export function lockDataDir(dataDir: string): () => void {
  const path = join(dataDir, "collector.lock");
  const mine = identity(process.pid);
  for (let tries = 0; tries < 5; tries++) {
    try {
      writeFileSync(path, mine, { flag: "wx", mode: 0o600 });
      return () => release(path, mine);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = read(path);
    const pid = Number.parseInt(holder, 10);
    if (pid > 0 && pid !== process.pid && isAlive(pid) && identity(pid) === holder) {
      throw new StartError(
        `the data directory ${dataDir} is held by another Balise (pid ${pid}): stop it, or set BALISE_DATA_DIR`,
      );
    }
    release(path, holder);
  }
  throw new StartError(
    `the data directory ${dataDir} cannot be locked: remove ${path} if no Balise runs`,
  );
}

/** The pid and, where the system tells, when that process started: pids are used again. */
function identity(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return `${pid} ${fields[19]}`;
  } catch {
    return `${pid}`;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function release(path: string, holder: string): void {
  try {
    if (readFileSync(path, "utf8") === holder) unlinkSync(path);
  } catch {
    // Gone already.
  }
}
