/**
 * Erases persons: from the tables, from what waits in the spool, and from harmed segments.
 *
 * What is always true:
 *  1. A request is on disk before it is answered, and goes on after any crash: every step may be
 *     done again.
 *  2. Rows are erased only once everything that was accepted before the request has been inserted:
 *     frozen segments keep their bytes, and nothing comes in behind.
 *  3. What was received after the request is kept: the same id is a new person then.
 *  4. Once the rows are gone, no id of the person is in any file of ours.
 */
import { randomUUID } from "node:crypto";
import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyBaseLogger } from "fastify";
import { explain } from "../explain.js";
import type { Spool } from "../ingest/spool.js";
import type { Person } from "../store/erase/index.js";
import type { Cluster } from "../store/cluster.js";
import { Sleeper } from "../sleeper.js";
import { Trouble } from "../trouble.js";
import { type Audit, openAudit } from "./audit.js";
import { type Erasure, type ErasureStatus } from "./erasure.js";
import { type Journal, openJournal } from "./journal.js";
import { clearStep, eraseStep, type Progress, type StepContext } from "./steps.js";

export interface EraserOptions {
  dataDir: string;
  spool: Spool;
  /** With the settings of an erasure: nothing of its statements is to be logged by ClickHouse. */
  client: ClickHouseClient;
  /** The cluster of that client; without one, a single server. */
  cluster?: Cluster | undefined;
  log: FastifyBaseLogger;
  /** Milliseconds between two looks at what ClickHouse does. @default 500 */
  pause?: number;
  now?: () => number;
}

type Ready = EraserOptions & Required<Pick<EraserOptions, "pause" | "now">>;

interface Pending {
  erasure: Erasure;
  progress: Progress;
}

const LONGEST_PAUSE = 30_000;

export class Eraser {
  readonly #options: Ready;
  readonly #journal: Journal;
  readonly #audit: Audit;
  readonly #pending = new Map<string, Pending>();
  readonly #stopping = new AbortController();
  readonly #sleeper = new Sleeper(this.#stopping.signal);
  readonly #trouble: Trouble;
  #running: Promise<void> | undefined;
  #forget: () => void = () => undefined;

  private constructor(options: Ready, journal: Journal) {
    this.#options = options;
    this.#journal = journal;
    this.#audit = openAudit(options.dataDir);
    this.#trouble = new Trouble(options.log);
  }

  /** Opens the journal, with what an earlier process did not end. */
  static async open(options: EraserOptions): Promise<Eraser> {
    const journal = await openJournal(options.dataDir);
    const eraser = new Eraser({ pause: 500, now: Date.now, ...options }, journal);
    for (const erasure of await journal.all()) {
      eraser.#pending.set(erasure.requestId, { erasure, progress: { state: "waiting" } });
    }
    return eraser;
  }

  /** What is to be called when links of persons that are written once must be written again. */
  onErase(forget: () => void): void {
    this.#forget = forget;
  }

  /** Keeps the request; when the promise resolves it is on disk. */
  async request(siteId: string, person: Person): Promise<ErasureStatus> {
    const erasure: Erasure = {
      requestId: randomUUID(),
      siteId,
      requestedAt: this.#options.now(),
      by: [
        ...(person.userId === undefined ? [] : (["userId"] as const)),
        ...(person.anonymousId === undefined ? [] : (["anonymousId"] as const)),
      ],
      person,
      removed: {},
      damagedFiles: 0,
    };
    await this.#journal.keep(erasure);
    this.#forget();
    const pending: Pending = { erasure, progress: { state: "waiting" } };
    this.#pending.set(erasure.requestId, pending);
    this.#sleeper.wake();
    return statusOf(pending);
  }

  /** A request of the site, done or not; undefined where the site made none of that id. */
  async find(siteId: string, requestId: string): Promise<ErasureStatus | undefined> {
    const pending = this.#pending.get(requestId);
    if (pending?.erasure.siteId === siteId) return statusOf(pending);
    const line = await this.#audit.find(siteId, requestId);
    if (line === undefined) return undefined;
    const { requestedAt, removed } = line;
    return { requestId, state: "done", requestedAt, removed };
  }

  /** Begins to work; call it once the tables are there. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Ends after the step that is under way; what is left is done after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#sleeper.wake();
    await this.#running;
  }

  async #run(): Promise<void> {
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      const { pause } = this.#options;
      const failed = await this.#round();
      failures = failed ? failures + 1 : 0;
      if (!failed) this.#trouble.over({}, "erasures go on");
      await this.#sleeper.sleep(
        this.#pending.size === 0 ? undefined : Math.min(LONGEST_PAUSE, pause * 2 ** failures),
      );
    }
  }

  /** One step of each request. @returns whether one failed. */
  async #round(): Promise<boolean> {
    let failed = false;
    for (const pending of this.#pending.values()) {
      if (this.#stopping.signal.aborted) break;
      try {
        await this.#step(pending);
      } catch (error) {
        failed = true;
        pending.progress.problem = explain(error).slice(0, 300);
        this.#trouble.tell(
          "warn",
          { requestId: pending.erasure.requestId, error: pending.progress.problem },
          "an erasure does not go on; it will be tried again",
        );
      }
    }
    return failed;
  }

  async #step(pending: Pending): Promise<void> {
    const context: StepContext = { ...this.#options, forget: () => this.#forget() };
    const before = JSON.stringify(pending.erasure);
    const done =
      pending.erasure.person === undefined
        ? await clearStep(context, pending.erasure, pending.progress)
        : await eraseStep(context, pending.erasure, pending.progress);
    delete pending.progress.problem;
    if (JSON.stringify(pending.erasure) !== before) await this.#journal.keep(pending.erasure);
    if (!done) return;
    const { requestId, removed } = pending.erasure;
    await this.#audit.add(pending.erasure, this.#options.now());
    await this.#journal.drop(requestId);
    this.#pending.delete(requestId);
    this.#options.log.info({ requestId, removed }, "a person was erased");
  }
}

function statusOf({ erasure, progress }: Pending): ErasureStatus {
  return {
    requestId: erasure.requestId,
    state: progress.state,
    requestedAt: new Date(erasure.requestedAt).toISOString(),
    removed: erasure.removed,
    ...(progress.partsLeft === undefined ? {} : { partsLeft: progress.partsLeft }),
    ...(progress.problem === undefined ? {} : { problem: progress.problem }),
  };
}
