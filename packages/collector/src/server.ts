import pino from "pino";
import { startCollector, type Collector } from "./collector.js";
import { readSettings } from "./config.js";
import { explain } from "./explain.js";

/** Milliseconds after which a stop that hangs is cut short; what is unsent stays in the spool. */
const PATIENCE = 4500;

/**
 * Reads the environment, starts the collector and stops it on SIGINT and SIGTERM, also while it
 * starts. With the command line the only place that touches the process.
 * @returns undefined when it could not start; the reason is on stderr, the exit code is set.
 */
export async function serve(
  announce: (collector: Collector) => void,
  onStop: () => Promise<void> = async () => undefined,
): Promise<Collector | undefined> {
  const stopping = stopSignal();
  let collector: Collector;
  try {
    const settings = readSettings(process.env);
    const log = pino({ level: settings.BALISE_LOG_LEVEL, base: null }, pino.destination(2));
    collector = await startCollector(settings, log);
  } catch (error) {
    process.stderr.write(`balise: ${explain(error)}\n`);
    process.exitCode = 1;
    return undefined;
  }
  const stop = async (): Promise<void> => {
    const empty = await onStop()
      .then(() => collector.stop())
      .catch(() => false);
    process.stderr.write(
      empty
        ? "balise: everything is stored, stopped\n"
        : "balise: stopped; the rest is inserted at the next start\n",
    );
    process.exit(0);
  };
  if (stopping.aborted) await stop();
  stopping.addEventListener("abort", () => void stop());
  announce(collector);
  return collector;
}

/**
 * Given when the process is first asked to stop; from then on it ends within `PATIENCE`. Whoever
 * presses Ctrl-C again does not want to wait; a supervisor that repeats itself is patient.
 */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const ask = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) {
      if (signal === "SIGINT") process.exit(130);
      return;
    }
    setTimeout(() => {
      process.stderr.write(
        "balise: stopped before everything was inserted; the rest is in the spool\n",
      );
      process.exit(0);
    }, PATIENCE).unref();
    stopping.abort();
  };
  process.on("SIGINT", ask);
  process.on("SIGTERM", ask);
  return stopping.signal;
}
