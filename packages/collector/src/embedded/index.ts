import { fileURLToPath } from "node:url";
import { resolve } from "node:path";
import { launch, type Child } from "./child.js";
import { firstLine } from "./failure.js";
import type { Account, ChildConfig } from "./messages.js";
import { takeOver } from "./take-over.js";
import { type Log, Trouble } from "../trouble.js";
import { engineLines } from "./engine-lines.js";

export { EmbeddedStartError, type StartFailureCode } from "./failure.js";

/** How to start the embedded ClickHouse. */
export interface EmbeddedOptions {
  /** Folder of the engine's files; created if missing, with mode 700. One process may hold it. */
  dataDir: string;
  /** @default "127.0.0.1" */
  host?: "127.0.0.1";
  /** 0 = any free port, which is then kept for the restarts. */
  port: number;
  /** Created if missing; the default database of every account. */
  database: string;
  /** The owner's account: may do everything. */
  user: string;
  password: string;
  /** Accounts that may only read tables and views, within limits. */
  readers: Account[];
  log: Log;
  /**
   * SELECTs of the owner that may run at once.
   * @default 3
   */
  queryConnections?: number;
  /** Called each time when the child has died unexpectedly, before it is started again. */
  onExit?: (how: { code: number | null; signal: NodeJS.Signals | null }) => void;
}

/** A running embedded ClickHouse. */
export interface Embedded {
  /** Of the ClickHouse HTTP interface, without credentials; stays the same over restarts. */
  url: string;
  /** Of the child; undefined while it is down. */
  pid(): number | undefined;
  /** Ends the statements that run (8 s at most), closes the engine, and waits for the child's end. */
  stop(): Promise<void>;
}

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;
/** A child that lived this long has recovered: the next pause is short again. */
const STEADY_MS = 30_000;

/**
 * Starts chDB in a child process, with ClickHouse's HTTP interface on loopback, and keeps it running.
 *
 * @throws EmbeddedStartError when the first start fails; later failures are logged and tried again
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log } = options;
  const host = options.host ?? "127.0.0.1";
  const config: ChildConfig = {
    dataDir: resolve(options.dataDir),
    host,
    port: options.port,
    database: options.database,
    owner: { user: options.user, password: options.password },
    readers: options.readers,
    queryConnections: options.queryConnections ?? 3,
    parentPid: process.pid,
  };
  const onLine = engineLines(log);
  const trouble = new Trouble(log);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let starting: Promise<Child> | undefined;
  let pause = FIRST_PAUSE_MS;
  let child: Child | undefined = await takeOver(config.dataDir, () =>
    launch(entry(), config, onLine),
  );
  config.port = child.port;

  const watch = (running: Child) => {
    const since = Date.now();
    const onEnd: NonNullable<EmbeddedOptions["onExit"]> = (how) => {
      child = undefined;
      if (stopped) return;
      if (Date.now() - since > STEADY_MS) pause = FIRST_PAUSE_MS;
      log.error({ ...how, pid: running.pid }, "the embedded ClickHouse died and is started again");
      options.onExit?.(how);
      again();
    };
    void running.ended.then(onEnd);
  };

  const again = () => {
    // Jitter, so that several processes on one machine do not start in step.
    timer = setTimeout(() => void restart(), pause * (0.5 + Math.random()));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  const restart = async () => {
    try {
      starting = launch(entry(), config, onLine);
      child = await starting;
      watch(child);
      trouble.over({}, "the embedded ClickHouse starts again");
      log.info({ pid: child.pid }, "the embedded ClickHouse is back");
    } catch (error) {
      if (stopped) return;
      trouble.tell("error", { error: firstLine(error) }, "the embedded ClickHouse does not start");
      again();
    }
  };

  watch(child);
  log.info({ pid: child.pid, port: child.port }, "the embedded ClickHouse is ready");
  return {
    url: `http://${host}:${config.port}`,
    pid: () => child?.pid,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      const last = (await starting?.catch(() => undefined)) ?? child;
      await last?.stop();
    },
  };
}

/** The child's program: from `dist` once built, from `src` when the sources themselves run. */
function entry(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return fileURLToPath(new URL(`./main.${extension}`, import.meta.url));
}
