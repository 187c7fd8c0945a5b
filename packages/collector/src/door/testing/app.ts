import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import pino from "pino";
import { onTestFinished } from "vitest";
import { type AppConfig, type AppDeps, buildApp } from "../../app.js";
import { Drain } from "../../ingest/drain.js";
import { Spool } from "../../ingest/spool.js";
import type { Site } from "../../sites.js";
import { createStoreClient } from "../../store/client.js";

export const SITE: Site = {
  id: "shop",
  writeKey: "bw_aaaaaaaaaaaaaaaaaaaa",
  secretKey: "bs_bbbbbbbbbbbbbbbbbbbb",
  readKey: "br_cccccccccccccccccccc",
  origins: [],
};

/** A collector's app over a spool of its own, without ClickHouse; it is gone when the test has ended. */
export async function openApp(
  config: Partial<AppConfig> = {},
  deps: Partial<AppDeps> = {},
): Promise<FastifyInstance> {
  const dir = mkdtempSync(join(tmpdir(), "balise-door-"));
  const spool = await Spool.open({ dir, maxBytes: 1 << 28 });
  const log = pino({ level: "silent" });
  const drain = new Drain({ spool, insert: async () => undefined, log });
  const client = createStoreClient({
    url: "http://127.0.0.1:9",
    user: "u",
    password: "p",
    database: "d",
  });
  const app = await buildApp({ sites: [SITE], ...config }, { spool, drain, client, ...deps });
  onTestFinished(async () => {
    await app.close();
    await client.close();
    await spool.close();
    rmSync(dir, { recursive: true, force: true });
  });
  return app;
}
