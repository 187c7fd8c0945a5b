import { type Insert, RowRefusedError } from "../../store/insert.js";
import { linesOf } from "../segment.js";

/** What becomes of an insert: `lost` is one that is stored without an answer. */
export type Weather = "well" | "away" | "lost" | "silent";

/** A ClickHouse that knows the tokens of its last inserts, refuses poison, and may fail. */
export class FakeClickHouse {
  /** How often each id was stored, as an event or a rejected one. */
  readonly stored = new Map<string, number>();
  readonly #tokens = new Map<string, Set<string>>();
  readonly #hanging: ((error: Error) => void)[] = [];
  #weather: Weather = "well";

  constructor(
    /** Tokens that are known, per table. */
    readonly window: number,
    /** Whether refusals name their row. */
    readonly naming: boolean,
  ) {}

  set weather(weather: Weather) {
    this.#weather = weather;
    for (const hangUp of this.#hanging.splice(0)) hangUp(new Error("socket hang up"));
  }

  view(process: { dead: boolean }): Insert {
    return async (table, token, parts) => {
      await Promise.resolve();
      if (process.dead) await new Promise<never>(() => undefined);
      if (this.#weather === "away") throw new Error("connect ECONNREFUSED");
      const lines = linesOf({ parts }).map(String);
      const poison = lines.findIndex((line) => line.includes('"poison":true'));
      if (poison !== -1 && table !== "rejected_events")
        throw new RowRefusedError(27, "Cannot parse input", this.naming ? poison : undefined);
      this.#apply(table, token, lines);
      if (this.#weather === "lost") throw new Error("socket hang up");
      if (this.#weather === "silent")
        await new Promise<void>((_, reject) => this.#hanging.push(reject));
    };
  }

  #apply(table: string, token: string, lines: readonly string[]): void {
    const known = this.#tokens.get(table) ?? new Set();
    this.#tokens.set(table, known);
    if (known.has(token)) return;
    known.add(token);
    const [oldest] = known;
    if (known.size > this.window && oldest !== undefined) known.delete(oldest);
    for (const line of lines) {
      const id = String(/(row \d+)/.exec(line)?.[1]);
      this.stored.set(id, (this.stored.get(id) ?? 0) + 1);
    }
  }
}
