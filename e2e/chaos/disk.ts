import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Station } from "./station.js";

const SIZE_MIB = 48;

/**
 * The disk of a collector's spool: a small one of its own where the system lets us mount it, so that
 * it can really be full; elsewhere its writes fail as they would.
 */
export class Disk<Home extends Pick<Station, "spool" | "sabotage"> = Station> {
  readonly #mounted: boolean;

  constructor(readonly station: Home) {
    mkdirSync(station.spool, { recursive: true, mode: 0o700 });
    const size = `size=${SIZE_MIB}m,mode=700`;
    this.#mounted =
      spawnSync("mount", ["-t", "tmpfs", "-o", size, "tmpfs", station.spool]).status === 0;
  }

  fill(): void {
    if (!this.#mounted) return this.station.sabotage.order({ writeFails: true });
    const { bavail, bsize } = statfsSync(this.station.spool);
    try {
      writeFileSync(this.#filler, Buffer.alloc(bavail * bsize));
    } catch (error) {
      // The spool has grown meanwhile: it is as full as it can be.
      if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
    }
  }

  free(): void {
    if (!this.#mounted) return this.station.sabotage.order({ writeFails: false });
    rmSync(this.#filler, { force: true });
  }

  unmount(): void {
    if (this.#mounted) spawnSync("umount", [this.station.spool]);
  }

  get #filler(): string {
    return join(this.station.spool, "filler");
  }
}
