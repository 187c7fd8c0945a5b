/**
 * The child process: chDB behind ClickHouse's HTTP interface.
 *
 * It lives exactly as long as its parent: the IPC channel closes when the parent dies, however that happens. It runs
 * in a process group of its own and ignores SIGINT and SIGTERM, because Ctrl-C and service managers signal every
 * process at once, and the parent still has to drain into it; the parent says `stop` when it has.
 */
import { startService, type Service } from "./service.js";
import { EmbeddedStartError, firstLine } from "./failure.js";
import type { Order, Report } from "./messages.js";

/** For statements that run when the parent dies; after it they die, too, and the engine recovers from that. */
const ORPHAN_PATIENCE_MS = 500;

let service: Promise<Service> | undefined;
let stopping = false;

function report(message: Report): void {
  if (process.connected) process.send?.(message);
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try {
    await (await service)?.stop();
  } finally {
    process.exit(0);
  }
}

process.on("message", (order: Order) => {
  if (order.type === "stop") {
    void stop();
    return;
  }
  service = startService(order.config);
  service.then(
    ({ port }) => report({ type: "ready", port }),
    (error: unknown) => {
      const code = error instanceof EmbeddedStartError ? error.code : "START_FAILED";
      report({ type: "failed", code, message: firstLine(error) });
      process.disconnect();
      process.exitCode = 1;
    },
  );
});
process.on("disconnect", () => {
  // Nobody waits for what still runs, and the next collector waits for the directory.
  setTimeout(() => process.kill(process.pid, "SIGKILL"), ORPHAN_PATIENCE_MS);
  void stop();
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => undefined);
