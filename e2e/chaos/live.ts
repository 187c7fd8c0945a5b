import { setTimeout as pause } from "node:timers/promises";
import { Connection, NoAnswerError } from "../../bench/load/connection.js";
import { requestBytes } from "../../bench/load/request.js";
import type { Station } from "./station.js";

const PAUSE = 200;

/** Milliseconds: far more than a loaded machine needs, less than forever. */
const PATIENCE = 20_000;

/** Asks `/v1/health/live` again and again: it is to be answered whenever the process is up. */
export class LiveProbe {
  answers = 0;
  readonly silences: string[] = [];
  #stopped = false;

  constructor(readonly station: Station) {}

  stop(): void {
    this.#stopped = true;
  }

  async run(): Promise<void> {
    while (!this.#stopped) {
      this.station.look();
      await this.#ask();
      await pause(PAUSE);
    }
  }

  async #ask(): Promise<void> {
    const collector = this.station.up;
    if (collector === undefined) return;
    try {
      const connection = await Connection.open(collector.url, PATIENCE);
      const url = new URL(`${collector.url}/v1/health/live`);
      const { status } = await connection.request(requestBytes("GET", url, {}), PATIENCE);
      connection.close();
      if (status !== 200) throw new NoAnswerError(true, `status ${status}`);
      this.answers += 1;
    } catch (error) {
      // Of a process that was ended meanwhile, nothing was to be expected.
      if (this.station.up === collector) this.silences.push(String(error));
    }
  }
}
