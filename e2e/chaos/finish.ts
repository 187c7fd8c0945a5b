import { setTimeout as pause } from "node:timers/promises";
import { processesIn, segmentsIn } from "./leftovers.js";
import type { World } from "./world.js";

/** Milliseconds for the last inserts. */
const DRAIN_PATIENCE = 180_000;

/** Waits until the spools are empty; in words what never left them. */
export async function drainAll({ stations }: World): Promise<string[]> {
  const end = Date.now() + DRAIN_PATIENCE;
  for (const { spool, up } of stations) {
    while (segmentsIn(spool).length > 0) {
      if (Date.now() > end) {
        return [`not drained: ${segmentsIn(spool).join(", ")}\n${up?.stderr().slice(-2000)}`];
      }
      await pause(200);
    }
  }
  return [];
}

/** Stops all with SIGTERM; in words what is left over. */
export async function stopAll({ stations }: World, folder: string): Promise<string[]> {
  const complaints: string[] = [];
  for (const station of stations) {
    const code = await station.end("SIGTERM");
    if (code !== 0) complaints.push(`${station.name} ended with ${code} on SIGTERM`);
    const segments = segmentsIn(station.spool);
    if (segments.length > 0) complaints.push(`in the spool: ${segments.join(", ")}`);
  }
  // A ClickHouse ends a moment after its collector.
  await pause(1000);
  const left = processesIn(folder);
  return left.length > 0 ? [...complaints, `left running: ${left.join("; ")}`] : complaints;
}
