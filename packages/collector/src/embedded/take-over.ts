import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { EmbeddedStartError, OWNER_FILE } from "./failure.js";

/** The child of a collector that was killed ends within a second; loaded machines take longer. */
const PATIENCE_MS = 10_000;
const PAUSE_MS = 100;

/**
 * Starts, and starts again while the data directory is held by the child of a collector that no
 * longer lives: service managers start the next one at once.
 *
 * @throws EmbeddedStartError
 */
export async function takeOver<T>(dataDir: string, start: () => Promise<T>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      const inUse = error instanceof EmbeddedStartError && error.code === "DATA_DIR_IN_USE";
      if (!inUse || Date.now() > end || (await ownerLives(dataDir))) throw error;
    }
    await delay(PAUSE_MS);
  }
}

/** Without a name of its own, a holder counts as dead: it is about to write it, or has just removed it. */
async function ownerLives(dataDir: string): Promise<boolean> {
  const name = await readFile(join(dataDir, OWNER_FILE), "utf8").catch(() => "");
  const pid = Number.parseInt(name, 10);
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user: it lives.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
