/** The two servers of ingest.ts, each in a process of its own. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import pino from "pino";
import { buildApp } from "../packages/collector/dist/app.js";
import { Drain } from "../packages/collector/dist/ingest/drain.js";
import { Spool } from "../packages/collector/dist/ingest/spool.js";
import { createStoreClient } from "../packages/collector/dist/store/client.js";

const [kind, writeKey = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "balise-bench-"));

async function collector(): Promise<FastifyInstance> {
  const spool = await Spool.open({ dir: folder, maxBytes: 4 * 1024 ** 3 });
  const log = pino({ level: "silent" });
  // What is measured ends with the 202; bench/sustained.ts measures both ends. What is on disk goes
  // away between two rounds, without being read again.
  const drain = new Drain({ spool, insert: async () => undefined, log });
  process.on("message", () => void removeAll(spool).then(() => process.send?.("removed")));
  const client = createStoreClient({
    url: "http://127.0.0.1:9",
    user: "",
    password: "",
    database: "",
  });
  const site = {
    id: "bench",
    writeKey,
    secretKey: "s".repeat(20),
    readKey: "r".repeat(20),
    origins: [],
  };
  return buildApp({ sites: [site] }, { spool, drain, client });
}

async function removeAll(spool: Spool): Promise<void> {
  await spool.freeze();
  for (const segment of spool.frozen) await spool.remove(segment);
}

function bare(): FastifyInstance {
  const app = Fastify();
  app.post("/v1/batch", async (_request, reply) =>
    reply.code(202).send({ accepted: 1, rejected: [] }),
  );
  return app;
}

const app = kind === "collector" ? await collector() : bare();
process.send?.(await app.listen({ host: "127.0.0.1", port: 0 }));
process.on("SIGTERM", () => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
