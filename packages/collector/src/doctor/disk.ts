import { randomUUID } from "node:crypto";
import { open, rm, statfs } from "node:fs/promises";
import { join } from "node:path";
import { explain } from "../explain.js";
import { failure, type Finding, ok, warning } from "../finding.js";
import { size } from "../size.js";

/** Milliseconds of a sync past which every acknowledgement is felt to wait. */
const SLOW = 50;
const SYNCS = 9;

/** Room for what the spool may yet take. */
export async function checkRoom(dataDir: string, maxBytes: number, held: number): Promise<Finding> {
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const wanted = Math.max(0, maxBytes - held);
  const is = `${size(free)} free; the spool may take ${size(wanted)} more`;
  return free < wanted
    ? warning(
        "disk",
        is,
        "free some space, or lower BALISE_SPOOL_MAX_BYTES: the disk would be full before the spool",
      )
    : ok("disk", is);
}

/**
 * How long the disk takes to keep a page: every 202 waits for that. The file is nameless, so nothing
 * of it is left whatever happens.
 */
export async function checkSyncs(dataDir: string, slow = SLOW): Promise<Finding> {
  const check = "fdatasync";
  try {
    const middle = await measureSync(join(dataDir, `.doctor-${randomUUID()}`));
    const is = `${middle.toFixed(1)} ms, the middle of ${SYNCS}`;
    return middle > slow
      ? warning(
          check,
          is,
          "put BALISE_DATA_DIR on a faster disk: every acknowledgement waits for it",
        )
      : ok(check, is);
  } catch (error) {
    return failure(check, explain(error), "mend the disk: nothing can be acknowledged");
  }
}

async function measureSync(path: string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    await rm(path);
    const page = Buffer.alloc(4096, 1);
    const times: number[] = [];
    for (let place = 0; place < SYNCS; place++) {
      const start = performance.now();
      await file.write(page, 0, page.length, place * page.length);
      await file.datasync();
      times.push(performance.now() - start);
    }
    return times.toSorted((a, b) => a - b)[Math.floor(SYNCS / 2)] ?? 0;
  } finally {
    await file.close();
  }
}
