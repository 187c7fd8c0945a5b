import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded, type Embedded, type EmbeddedOptions } from "../index.js";

/** An embedded ClickHouse in a folder of its own, for tests. */
export interface TestEmbedded extends Embedded {
  dataDir: string;
  owner: { user: string; password: string };
  reader: { user: string; password: string };
  /** What was logged, one line each. */
  logged: string[];
  /** Sends a statement as ClickHouse's HTTP interface takes it. */
  send(path: string, init?: RequestInit & { as?: "owner" | "reader" }): Promise<Response>;
  /** POSTs a statement and returns the status and the text. */
  ask(
    query: string,
    as?: "owner" | "reader",
    parameters?: Record<string, string>,
  ): Promise<{ status: number; code: string | null; text: string }>;
  /** The owner's statement, which has to work. */
  must(query: string): Promise<string>;
  destroy(): Promise<void>;
}

/** Starts one; `options` overrides what a test is about. */
export async function startForTest(options: Partial<EmbeddedOptions> = {}): Promise<TestEmbedded> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), "balise-embedded-")));
  const owner = { user: "owner", password: "owner's secret" };
  const reader = { user: "reader", password: "reader's secret" };
  const logged: string[] = [];
  const line = (fields: object, message: string) => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const embedded = await startEmbedded({
    dataDir,
    port: 0,
    database: "balise",
    ...owner,
    readers: [reader],
    log: { info: line, warn: line, error: line },
    ...options,
  });
  const send: TestEmbedded["send"] = (path, { as = "owner", ...init } = {}) => {
    const account = as === "owner" ? owner : reader;
    const headers = new Headers(init.headers);
    headers.set("X-ClickHouse-User", account.user);
    headers.set("X-ClickHouse-Key", account.password);
    return fetch(`${embedded.url}${path}`, { ...init, headers });
  };
  const ask: TestEmbedded["ask"] = async (query, as = "owner", parameters = {}) => {
    const search = new URLSearchParams(parameters).toString();
    const response = await send(`/?${search}`, { method: "POST", body: query, as });
    const code = response.headers.get("x-clickhouse-exception-code");
    return { status: response.status, code, text: await response.text() };
  };
  return {
    ...embedded,
    dataDir,
    owner,
    reader,
    logged,
    send,
    ask,
    must: async (query) => {
      const { status, text } = await ask(query);
      if (status !== 200) throw new Error(`${query}: ${text}`);
      return text;
    },
    destroy: async () => {
      await embedded.stop();
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits until `check` no longer throws. */
export async function eventually<T>(check: () => Promise<T>, patienceMs = 15_000): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
  }
}
