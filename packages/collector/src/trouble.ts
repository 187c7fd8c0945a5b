/** Where the operator reads; a pino logger fits. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Milliseconds before a trouble that lasts is told again; they double up to the longest. */
const FIRST_GAP = 10_000;
const LONGEST_GAP = 600_000;

/**
 * Tells the log of one kind of trouble: at once, while it lasts ever more rarely, and when it is
 * over how long it lasted. One that comes and goes is not told more often; after ten quiet minutes
 * it is told at once again.
 */
export class Trouble {
  readonly #log: Log;
  /** Milliseconds; only differences count. */
  readonly #now: () => number;
  #since: number | undefined;
  #last = Number.NEGATIVE_INFINITY;
  #next = Number.NEGATIVE_INFINITY;
  #gap = FIRST_GAP;
  #times = 0;
  #told = false;

  constructor(log: Log, now: () => number = () => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  /** It has happened; `times` and `forSeconds` are those since it began. */
  tell(level: "warn" | "error", fields: object, message: string): void {
    const now = this.#now();
    if (now - this.#last > LONGEST_GAP) this.#forget(now);
    this.#last = now;
    this.#since ??= now;
    this.#times += 1;
    if (now < this.#next) return;
    const lasts = this.#times > 1 ? { times: this.#times, forSeconds: this.#seconds(now) } : {};
    this.#log[level]({ ...fields, ...lasts }, message);
    this.#told = true;
    this.#next = now + this.#gap;
    this.#gap = Math.min(LONGEST_GAP, this.#gap * 2);
  }

  /** What failed has gone well; told only where the trouble was. */
  over(fields: object, message: string): void {
    if (this.#since === undefined) return;
    const lasted = { times: this.#times, lastedSeconds: this.#seconds(this.#now()) };
    if (this.#told) this.#log.info({ ...fields, ...lasted }, message);
    this.#end();
  }

  #seconds(now: number): number {
    return Math.round((now - (this.#since ?? now)) / 1000);
  }

  #forget(now: number): void {
    this.#end();
    this.#next = now;
    this.#gap = FIRST_GAP;
  }

  #end(): void {
    this.#since = undefined;
    this.#times = 0;
    this.#told = false;
  }
}
