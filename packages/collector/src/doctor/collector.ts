import { connect } from "node:net";
import { z } from "zod";
import type { Settings } from "../config.js";
import { failure, type Finding, ok } from "../finding.js";
import { lockHolder } from "../lock.js";
import { compareClocks } from "../store/requirements/clock.js";

const PATIENCE = 3000;
const liveSchema = z.object({ status: z.literal("live") });

/** Who holds the data directory, and who listens at the address. */
export interface CollectorState {
  /** A living collector holds the data directory. */
  runs: boolean;
  findings: Finding[];
}

/** Looks for a collector, by its lock and at its address. */
export async function checkCollector(settings: Settings, dataDir: string): Promise<CollectorState> {
  const holder = await lockHolder(dataDir);
  const runs = holder?.lives === true;
  const lock = runs
    ? ok("lock", `a collector runs (pid ${holder.pid})`)
    : ok(
        "lock",
        holder === undefined
          ? "no collector runs"
          : "left by a killed collector; the next start takes it over",
      );
  return { runs, findings: [lock, ...(await checkPort(settings, runs))] };
}

/** Whether the port is free for a start, or answered by the collector that runs. */
async function checkPort(settings: Settings, runs: boolean): Promise<Finding[]> {
  const { BALISE_PORT: port, BALISE_BASE_PATH: basePath } = settings;
  const check = "port";
  if (port === 0) return [ok(check, "any free one")];
  const host = reachableHost(settings.BALISE_HOST);
  const answer = await askLive(
    `http://${host.includes(":") ? `[${host}]` : host}:${port}${basePath}`,
  );
  if (answer !== undefined) {
    return [ok(check, `a collector answers at ${host}:${port}`), ...clockOf(answer)];
  }
  if (await isOpen(host, port)) {
    const todo = "stop what listens there, or set BALISE_PORT to another";
    return [failure(check, `something that is no collector listens at ${host}:${port}`, todo)];
  }
  return runs
    ? [
        failure(
          check,
          `nothing answers at ${host}:${port}`,
          "look into the log of the collector that runs, or use its settings here",
        ),
      ]
    : [ok(check, `${port} is free`)];
}

/** Where a process of this machine reaches what listens on the host. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  return host === "::" ? "::1" : host;
}

async function askLive(url: string): Promise<Response | undefined> {
  try {
    const response = await fetch(`${url}/v1/health/live`, {
      signal: AbortSignal.timeout(PATIENCE),
    });
    return liveSchema.safeParse(await response.json()).success ? response : undefined;
  } catch {
    return undefined;
  }
}

function clockOf(answer: Response): Finding[] {
  const date = Date.parse(answer.headers.get("date") ?? "");
  // The header tells whole seconds.
  return Number.isNaN(date)
    ? []
    : [compareClocks("clock of the collector", date + 500, Date.now())];
}

function isOpen(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: PATIENCE });
    const end = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
}
