import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { usageOf } from "../../bench/load/process.js";
import {
  clickhousePid,
  type Collector,
  launchCollector,
  type Starting,
} from "../support/collector.js";
import { Sabotage } from "./sabotage.js";

/** Milliseconds in which a collector must come up again, whatever was done to it. */
const PATIENCE = 120_000;

/** A collector that is started again whenever it ended, as a service manager does. */
export class Station {
  readonly sabotage: Sabotage;
  readonly folder: string;
  /** Undefined while it is down, starting or being ended. */
  up: Collector | undefined;
  url = "";
  starts = 0;
  peakBytes = 0;
  syncFailures = 0;
  writeFailures = 0;
  /** Writes, names and removals that power cuts have undone. */
  undone = 0;
  /** Starts that ended with a message, such as that the engine's directory is still held. */
  readonly failedStarts: string[] = [];
  /** Ends that nobody asked for. */
  readonly crashes: string[] = [];
  #ports: Record<string, string> = {};
  #launched: Starting | undefined;
  #closed = false;

  constructor(
    readonly name: string,
    folder: string,
    readonly settings: Readonly<Record<string, string>>,
  ) {
    this.folder = join(folder, name);
    mkdirSync(this.folder);
    this.sabotage = new Sabotage(this.folder);
  }

  get spool(): string {
    return join(this.folder, "data", "spool");
  }

  /** Tries until it is up. */
  async start(): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        return this.#watch(await this.launch().ready());
      } catch (error) {
        this.failedStarts.push(String(error).slice(0, 300));
        if (this.#closed || Date.now() > end) throw error;
        await pause(500);
      }
    }
  }

  /** The process alone, ready or not. */
  launch(): Starting {
    if (this.#closed) throw new Error(`${this.name} is closed`);
    this.starts += 1;
    this.#launched = launchCollector(this.folder, {
      BALISE_PORT: "0",
      ...this.settings,
      ...this.#ports,
      ...this.sabotage.settings,
    });
    return this.#launched;
  }

  /** Kills whatever runs or starts; nothing is started any more. */
  async close(): Promise<void> {
    this.#closed = true;
    this.up = undefined;
    await this.#launched?.end("SIGKILL");
  }

  /** The pid of its own ClickHouse; undefined where it has none, or not now. */
  engine(): number | undefined {
    if (this.up === undefined) return undefined;
    try {
      return clickhousePid(this.up);
    } catch {
      return undefined;
    }
  }

  /** Ends it; it is down from the moment before the signal. */
  async end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const collector = this.up;
    if (collector === undefined) return null;
    this.look();
    this.up = undefined;
    const { code } = await collector.end(signal);
    const { failures } = this.sabotage.notes();
    this.syncFailures += failures.sync;
    this.writeFailures += failures.write;
    return code;
  }

  /** Looks at its memory. */
  look(): void {
    const usage = this.up === undefined ? undefined : usageOf(this.up.pid);
    this.peakBytes = Math.max(this.peakBytes, usage?.peakBytes ?? 0);
  }

  #watch(collector: Collector): void {
    this.up = collector;
    this.url = collector.url;
    this.#ports = { BALISE_PORT: new URL(collector.url).port };
    if (this.settings["CLICKHOUSE_URL"] === undefined) {
      this.#ports["BALISE_EMBEDDED_PORT"] = new URL(collector.store).port;
    }
    void this.#restartAfter(collector);
  }

  async #restartAfter(collector: Collector): Promise<void> {
    const { code, signal } = await collector.ended;
    if (this.up !== collector) return;
    this.up = undefined;
    this.crashes.push(`${code ?? signal}: ${collector.stderr().slice(-1000)}`);
    await this.start();
  }
}
