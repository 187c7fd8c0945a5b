import { once } from "node:events";
import type { Server } from "node:http";
import { createConnection } from "./engine/connection.js";
import { openEngine, type Engine } from "./engine/engine.js";
import { createGuard } from "./engine/guard.js";
import { createPool } from "./engine/pool.js";
import { EmbeddedStartError, firstLine, systemCode } from "./failure.js";
import { createAuthenticate } from "./http/accounts.js";
import { createInbox } from "./http/body.js";
import { createExecute, type Lanes } from "./http/execute.js";
import { READER_FIXED } from "./http/reader-settings.js";
import { createHttpServer } from "./http/server.js";
import type { ChildConfig } from "./messages.js";

/** The running engine and its HTTP face. */
export interface Service {
  port: number;
  stop(): Promise<void>;
}

const READER_CONNECTIONS = 2;
const QUEUE_LIMIT = 128;
/** After this, statements that still run are left to die with the process: the engine recovers from that. */
const STOP_PATIENCE_MS = 8000;

/**
 * Opens the data directory, then listens.
 *
 * @throws EmbeddedStartError
 */
export async function startService(config: ChildConfig): Promise<Service> {
  const { dataDir, database } = config;
  const engine = await openEngine({ dataDir, database, ownerPid: config.parentPid });
  try {
    const lanes = openLanes(engine, config.queryConnections);
    const guard = createGuard(await tableFunctions(engine));
    const server = createHttpServer({
      authenticate: createAuthenticate(config.owner, config.readers),
      execute: createExecute(lanes, guard, createInbox(engine.inbox), database),
      timezone: engine.timezone,
    });
    const port = await listen(server, config.host, config.port);
    return { port, stop: () => stop(server, lanes, engine) };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

function openLanes(engine: Engine, queryConnections: number): Lanes {
  const lane = (name: string, count: number, lock?: ReadonlyMap<string, string>) =>
    createPool(
      name,
      Array.from({ length: count }, () => createConnection(engine, lock)),
      QUEUE_LIMIT,
    );
  return {
    insert: lane("the inserts", 1),
    command: lane("the commands", 1),
    query: lane("the queries", queryConnections),
    reader: lane(
      "the readers' queries",
      READER_CONNECTIONS,
      new Map([...READER_FIXED, ["readonly", "1"]]),
    ),
  };
}

async function tableFunctions(engine: Engine): Promise<string[]> {
  const session = engine.connect();
  try {
    const names = await session.queryAsync("SELECT name FROM system.table_functions", {
      format: "TSVRaw",
    });
    return names.text().trim().split("\n");
  } finally {
    session.close();
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  try {
    server.listen(port, host);
    await once(server, "listening");
  } catch (error) {
    const remedy = "set BALISE_EMBEDDED_PORT to another one, or to 0 for any that is free";
    if (systemCode(error) === "EADDRINUSE") {
      throw new EmbeddedStartError(
        "PORT_IN_USE",
        `port ${port} of ${host} is in use: stop what listens there, or ${remedy}.`,
        { cause: error },
      );
    }
    throw new EmbeddedStartError(
      "START_FAILED",
      `cannot listen on port ${port} of ${host} (${firstLine(error)}): ${remedy}.`,
      { cause: error },
    );
  }
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

async function stop(server: Server, lanes: Lanes, engine: Engine): Promise<void> {
  // A connection whose answer was under way stays open for the next request: it is closed once it is idle.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  const patience = new Promise<void>((resolve) => {
    setTimeout(resolve, STOP_PATIENCE_MS).unref();
  });
  await Promise.race([closed, patience]);
  clearInterval(sweep);
  server.closeAllConnections();
  for (const lane of Object.values<Lanes[keyof Lanes]>({ ...lanes })) lane.close();
  await Promise.race([engine.close(), patience]);
}
