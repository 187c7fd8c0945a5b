import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** What the module inside a collector is told to do to its clock and its disk. */
export interface Orders {
  /** Added to its clock. */
  shiftMs: number;
  /** `fdatasync` and `fsync` fail with EIO. */
  syncFails: boolean;
  /** Writes fail with ENOSPC. */
  writeFails: boolean;
}

export const OBEDIENT: Orders = { shiftMs: 0, syncFails: false, writeFails: false };

/** What the module keeps. */
export interface Notes {
  /** Length of a file when it was last synced. */
  files: Map<string, number>;
  /** Names in the spool's folder when it was last synced. */
  names: Set<string>;
  failures: { sync: number; write: number };
}

/** The strings that pull the module, for one collector; they outlive its processes. */
export class Sabotage {
  readonly #control: string;
  readonly #synced: string;
  #orders = OBEDIENT;

  constructor(folder: string) {
    this.#control = join(folder, "control.json");
    this.#synced = join(folder, "synced.json");
    this.order({});
  }

  /** For the environment of the process. */
  get settings(): Record<string, string> {
    const module = new URL("sabotage.mjs", import.meta.url);
    return {
      NODE_OPTIONS: `--import ${pathToFileURL(module.pathname).href}`,
      CHAOS_CONTROL: this.#control,
      CHAOS_SYNCED: this.#synced,
    };
  }

  order(orders: Partial<Orders>): void {
    this.#orders = { ...this.#orders, ...orders };
    writeFileSync(this.#control, JSON.stringify(this.#orders));
  }

  notes(): Notes {
    const [text = ""] = readFileSync(this.#synced, "utf8").split("\0");
    const read = JSON.parse(text || "{}") as {
      files?: [string, number][];
      names?: string[];
      failures?: Notes["failures"];
    };
    return {
      files: new Map(read.files),
      names: new Set(read.names),
      failures: read.failures ?? { sync: 0, write: 0 },
    };
  }
}
