/**
 * Asks the rules at an interval, and sends what they tell.
 *
 * What is always true:
 *  1. An alert is on disk before it is sent, together with its cool-down, and leaves it once the receiver
 *     has answered 2xx: a kill loses none.
 *  2. It is sent again with the same id, so that a receiver knows it.
 *  3. What waits is bounded by number and age; what is given up is counted and told to the log.
 */
import type { FastifyBaseLogger } from "fastify";
import { explain } from "../explain.js";
import { Sleeper } from "../sleeper.js";
import { Trouble } from "../trouble.js";
import { alertOf } from "./alert.js";
import { type AskRows, hasCooled, judge } from "./judge.js";
import type { Rule } from "./rules.js";
import { type AlertState, readState, ruleKey, type Waiting, writeState } from "./state.js";
import { postAlert, type Webhook } from "./webhook.js";

export interface WatchOptions {
  dataDir: string;
  rules: readonly Rule[];
  sites: readonly string[];
  webhook: Webhook;
  /** Milliseconds between two looks at the rules. */
  interval: number;
  ask: (site: string) => AskRows;
  log: FastifyBaseLogger;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
}

/** Milliseconds before the second try; they double up to the longest. */
const FIRST_WAIT = 10_000;
const LONGEST_WAIT = 3_600_000;

/** After so long nobody is helped by an alert. */
const LONGEST_AGE = 7 * 86_400_000;
const MOST_WAITING = 1000;

/** Longest that the loop sleeps, so that a clock that was set is noticed. */
const LONGEST_SLEEP = 10_000;

export class Watch {
  readonly #options: Required<WatchOptions>;
  readonly #stopping = new AbortController();
  readonly #sleeper = new Sleeper(this.#stopping.signal);
  readonly #asking: Trouble;
  readonly #sending: Trouble;
  readonly #counts = { told: 0, sent: 0, failedTries: 0, givenUp: 0, failedLooks: 0, lookedAt: 0 };
  #state: AlertState;
  #running: Promise<void> | undefined;

  private constructor(options: Required<WatchOptions>, state: AlertState) {
    this.#options = options;
    this.#state = state;
    this.#asking = new Trouble(options.log);
    this.#sending = new Trouble(options.log);
  }

  /** With what an earlier process did not send. */
  static async open(options: WatchOptions): Promise<Watch> {
    const ready = { fetch: globalThis.fetch, now: Date.now, ...options };
    return new Watch(ready, await readState(options.dataDir));
  }

  get counts(): Readonly<
    Record<"told" | "sent" | "failedTries" | "givenUp" | "failedLooks", number>
  > {
    return this.#counts;
  }

  /** Epoch milliseconds of the last look at all rules without a failure; 0 before the first. */
  get lookedAt(): number {
    return this.#counts.lookedAt;
  }

  get rules(): number {
    return this.#options.rules.length;
  }

  get waiting(): readonly Waiting[] {
    return this.#state.waiting;
  }

  /** Begins; call it once the tables are there. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends; a look or a try that is under way is given up, and made again after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { now, interval } = this.#options;
    let next = now();
    while (!this.#stopping.signal.aborted) {
      if (now() >= next || now() < next - interval) {
        next = now() + interval;
        await this.look();
      }
      await this.send();
      const soonest = Math.min(next, ...this.waiting.map(({ nextAt }) => nextAt));
      await this.#sleeper.sleep(Math.min(LONGEST_SLEEP, Math.max(100, soonest - now())));
    }
  }

  /** Asks every rule of every site once. */
  async look(): Promise<void> {
    const { rules, sites, now } = this.#options;
    let failed = false;
    for (const site of sites) {
      for (const rule of rules) {
        if (this.#stopping.signal.aborted) return;
        if (rule.site !== undefined && rule.site !== site) continue;
        try {
          await this.#lookAt(rule, site);
        } catch (error) {
          failed = true;
          this.#counts.failedLooks += 1;
          const fields = { rule: rule.name, site, error: explain(error).slice(0, 300) };
          this.#asking.tell("warn", fields, "a rule of alerts could not be asked");
        }
      }
    }
    if (failed) return;
    this.#counts.lookedAt = now();
    this.#asking.over({}, "rules of alerts are asked again");
  }

  async #lookAt(rule: Rule, site: string): Promise<void> {
    const { ask, now, log } = this.#options;
    const at = now();
    const key = ruleKey(site, rule.name);
    if (!hasCooled(rule, this.#state.fired[key], at)) return;
    const verdict = await judge(rule, at, ask(site));
    if (verdict?.fires !== true || this.#stopping.signal.aborted) return;
    const alert = alertOf(rule, site, at, verdict);
    const waiting = [...this.waiting, { alert, since: at, tries: 0, nextAt: at }];
    const dropped = waiting.splice(0, Math.max(0, waiting.length - MOST_WAITING));
    await this.#keep({ fired: { ...this.#state.fired, [key]: at }, waiting });
    this.#counts.told += 1;
    log.info({ rule: rule.name, site, id: alert.id }, alert.data.text);
    for (const one of dropped) this.#giveUp(one, "too many wait");
  }

  /** Tries each alert whose time has come. */
  async send(): Promise<void> {
    const { webhook, fetch, now } = this.#options;
    const stopping = this.#stopping.signal;
    for (const one of this.waiting.filter(({ nextAt }) => nextAt <= now())) {
      if (stopping.aborted) return;
      let failure: string | undefined;
      try {
        await postAlert(webhook, one.alert, { fetch, now, stopping });
      } catch (error) {
        // A stop is no fault of the receiver.
        if (stopping.aborted) return;
        failure = reasonOf(error);
      }
      await this.#settle(one, failure);
    }
  }

  async #settle(one: Waiting, failure: string | undefined): Promise<void> {
    const { now } = this.#options;
    const others = this.waiting.filter((other) => other !== one);
    const { fired } = this.#state;
    if (failure === undefined) {
      this.#sending.over({}, "alerts are sent again");
      await this.#try({ fired, waiting: others });
      this.#counts.sent += 1;
      return;
    }
    this.#counts.failedTries += 1;
    const tries = one.tries + 1;
    const fields = { id: one.alert.id, tries, error: failure };
    this.#sending.tell("warn", fields, "an alert could not be sent; it will be tried again");
    if (now() - one.since > LONGEST_AGE) {
      this.#giveUp(one, failure);
      await this.#try({ fired, waiting: others });
      return;
    }
    const nextAt = now() + Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** one.tries);
    await this.#try({ fired, waiting: [...others, { ...one, tries, nextAt }] });
  }

  #giveUp({ alert }: Waiting, reason: string): void {
    this.#counts.givenUp += 1;
    const { id, data } = alert;
    this.#options.log.error(
      { id, rule: data.rule, site: data.site, reason },
      "an alert was given up",
    );
  }

  async #keep(state: AlertState): Promise<void> {
    await writeState(this.#options.dataDir, state);
    this.#state = state;
  }

  /** What is only lost with the process: at worst an alert is sent again with its id. */
  async #try(state: AlertState): Promise<void> {
    this.#state = state;
    await writeState(this.#options.dataDir, state).catch((error: unknown) => {
      const fields = { error: explain(error) };
      this.#sending.tell("error", fields, "which alerts were sent could not be written down");
    });
  }
}

/** Why a try failed; never the address, which may hold a secret. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  if (error.name === "TimeoutError") return "the receiver did not answer in time";
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return `no connection (${String(cause.code)})`;
  return error.message === "fetch failed" ? "no connection" : error.message;
}
