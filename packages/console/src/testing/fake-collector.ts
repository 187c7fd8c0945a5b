import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { answerFunnel } from "./answer-funnel.js";
import { answerActivity, answerEventNames, answerLive } from "./answer-others.js";
import { answerQuestion, listing, QUESTIONS } from "./questions.js";
import type { Visitor } from "./shop.js";

/** The policy under which the collector serves the console. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
  "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; " +
  "frame-ancestors 'none'; require-trusted-types-for 'script'";

export interface FakeCollector {
  /** Where the console is, with its base path and a slash at the end. */
  url: string;
  readKey: string;
  /** Every query that came, in order. */
  asked: { name: string; parameters: unknown }[];
  /** The next queries of this name are answered so, until it is set to null. */
  fail: (name: string, answer: { status: number; retryAfter?: number } | null) => void;
  /** Groups of fewer people are not shown from now on. */
  floor: (minGroup: number) => void;
  /** Questions of the list wait for their answers, until they need no longer. */
  hold: (on: boolean) => void;
  /** Names of those that wait, unless who asked has given up. */
  held: () => string[];
  /** Questions of the list tell of so many groups that are not shown. */
  withhold: (groups: number) => void;
  /** Questions of the list have no rows. */
  empty: (on: boolean) => void;
  close: () => Promise<void>;
}

interface Options {
  /** Folder of index.html. */
  directory: string;
  shop: Visitor[];
  basePath?: string;
  port?: number;
  readKey?: string;
}

/** A collector with a shop's data in memory: same addresses, same answers, same policy. */
export async function startFakeCollector(options: Options): Promise<FakeCollector> {
  const { directory, shop, basePath = "", port = 0, readKey = "read-key-of-the-shop" } = options;
  const asked: FakeCollector["asked"] = [];
  let minGroup = 1;
  const lists = {
    holding: false,
    waiting: new Map<() => void, string>(),
    withheld: 0,
    empty: false,
  };
  const failures = new Map<string, { status: number; retryAfter?: number }>();

  const query = async (name: string, request: IncomingMessage, response: ServerResponse) => {
    if (request.headers.authorization !== `Bearer ${readKey}`) {
      return json(response, 401, failed("unknown_key", "The key belongs to no site."));
    }
    // The console is the only sender, and its parameters are typed on that side.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const parameters = JSON.parse(await body(request)) as never;
    asked.push({ name, parameters });
    const failure = failures.get(name);
    if (failure !== undefined) {
      if (failure.retryAfter !== undefined) response.setHeader("retry-after", failure.retryAfter);
      return json(response, failure.status, failed("store_unavailable", "ClickHouse is away."));
    }
    let withheld = 0;
    const answers: Record<string, () => unknown[]> = {
      funnel: () => {
        const rows = answerFunnel(shop, parameters);
        const small = rows.filter(
          ({ group, step, people }) => group !== undefined && step === 1 && people < minGroup,
        );
        withheld = small.length;
        return rows.filter(({ group }) => small.every((row) => row.group !== group));
      },
      event_names: () => answerEventNames(shop),
      activity: () => answerActivity(shop, parameters),
      live_events: () => answerLive(shop, parameters),
    };
    const told = QUESTIONS[name];
    if (told !== undefined) {
      if (lists.holding) await waiting(name, response);
      if (response.destroyed) return;
      const { rows, columns } = answerQuestion(told, parameters);
      const meta = {
        sql: "SELECT {site:String}",
        params: { site: "shop" },
        elapsedMs: 3,
        rowsRead: 9,
      };
      return json(response, 200, {
        rows: lists.empty ? [] : rows,
        meta: { ...meta, withheld: lists.withheld, columns },
      });
    }
    const answer = answers[name];
    if (answer === undefined) return json(response, 404, failed("not_found", `No query ${name}.`));
    const rows = answer();
    const meta = {
      sql: `SELECT * FROM ${name}(window = {window:UInt32})`,
      params: { window: 604_800, site: "shop" },
      elapsedMs: 34.7,
      rowsRead: shop.reduce((sum, visitor) => sum + visitor.events.length, 0),
      withheld,
    };
    return json(response, 200, { rows, meta });
  };

  const waiting = (name: string, response: ServerResponse): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        lists.waiting.delete(go);
        resolve();
      };
      lists.waiting.set(go, name);
      response.on("close", go);
    });
  const list = (request: IncomingMessage, response: ServerResponse): void => {
    const known = request.headers.authorization === `Bearer ${readKey}`;
    if (known) json(response, 200, listing());
    else json(response, 401, failed("unknown_key", "The key belongs to no site."));
  };

  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const local = path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : null;
    const name = /^\/v1\/query\/(\w+)$/.exec(local ?? "")?.[1];
    if (local === null) response.writeHead(404).end();
    else if (local === "/v1/query") list(request, response);
    else if (name === undefined) void file(directory, local, response);
    else void query(name, request, response);
  });
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");

  return {
    url: `http://127.0.0.1:${address.port}${basePath}/`,
    readKey,
    asked,
    fail: (name, answer) => void (answer ? failures.set(name, answer) : failures.delete(name)),
    floor: (people) => void (minGroup = people),
    hold: (on) => {
      lists.holding = on;
      if (!on) for (const go of lists.waiting.keys()) go();
    },
    held: () => [...lists.waiting.values()],
    withhold: (groups) => void (lists.withheld = groups),
    empty: (on) => void (lists.empty = on),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

async function file(directory: string, path: string, response: ServerResponse): Promise<void> {
  const name = path === "/" ? "index.html" : normalize(path).slice(1);
  try {
    const content = await readFile(join(directory, name));
    response.writeHead(200, {
      "content-type": TYPES[extname(name)] ?? "application/octet-stream",
      "content-security-policy": CSP,
      "x-content-type-options": "nosniff",
    });
    response.end(content);
  } catch {
    response.writeHead(404).end();
  }
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function json(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(content));
}

function failed(code: string, message: string) {
  return { error: { code, message } };
}
