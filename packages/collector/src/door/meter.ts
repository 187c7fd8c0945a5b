import { Recent } from "../recent.js";

/** Milliseconds of allowance that one who was silent has at once. */
const BURST = 60_000;

/** Callers remembered: at most twice as many, some 20 MB. Who is forgotten begins anew. */
const REMEMBERED = 50_000;

/**
 * So many a minute for each caller, of which a silent one may spend a minute's worth at once. One
 * number a caller: the moment until which its allowance is spent (the generic cell rate algorithm,
 * ITU-T I.371). On the hot path.
 */
export class Meter {
  readonly #spent = new Recent<{ until: number }>(REMEMBERED);
  readonly #interval: number;

  constructor(
    perMinute: number,
    readonly now: () => number = Date.now,
  ) {
    this.#interval = BURST / perMinute;
  }

  /** Takes one. @returns 0, or the whole seconds after which one may be taken: none was. */
  take(caller: string): number {
    const wait = this.wait(caller);
    if (wait > 0) return wait;
    const spent = this.#spent.get(caller);
    const until = Math.max(spent?.until ?? 0, this.now()) + this.#interval;
    if (spent === undefined) this.#spent.set(caller, { until });
    else spent.until = until;
    return 0;
  }

  /** What `take` would answer, without taking. */
  wait(caller: string): number {
    const ahead = (this.#spent.get(caller)?.until ?? 0) - this.now() + this.#interval;
    // A clock that was set back must not shut anyone out for longer than a minute.
    if (ahead > 2 * BURST) this.#spent.set(caller, { until: this.now() });
    else if (ahead > BURST) return Math.ceil((ahead - BURST) / 1000);
    return 0;
  }
}
