import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { readIncoming } from "./body.js";
import type { Authenticate } from "./accounts.js";
import { createAnswer } from "./answer.js";
import type { Work } from "./execute.js";
import { readParameters } from "./parameters.js";

/** ClickHouse's `http_max_uri_size`. Node counts the other headers into it. */
const MAX_HEADER_BYTES = 1024 ** 2;

/** The HTTP face: routes, accounts, and the life of one request. */
export function createHttpServer(options: {
  authenticate: Authenticate;
  execute: (work: Work) => Promise<void>;
  timezone: string;
}): Server {
  const { authenticate, execute, timezone } = options;

  const query = async (request: IncomingMessage, response: ServerResponse, url: URL) => {
    const gone = new AbortController();
    response.once("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    const search = url.searchParams;
    const about = { queryId: search.get("query_id") ?? "", compress: false, timezone };
    let answer = createAnswer(request, response, about);
    try {
      const role = authenticate(request, search);
      const parameters = readParameters(request, search);
      answer = createAnswer(request, response, { ...parameters, timezone });
      const incoming = await readIncoming(parameters.query, request);
      const method = request.method ?? "GET";
      await execute({ role, method, parameters, incoming, answer, gone: gone.signal });
    } catch (error) {
      answer.fail(error);
    }
  };

  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    const url = parse(request.url);
    if (url === undefined) return plain(response, 400, "The address is not a valid URL.\n");
    if (url.pathname === "/ping" || url.pathname === "/replicas_status") {
      return plain(response, 200, "Ok.\n");
    }
    if (url.pathname !== "/") return plain(response, 404, `There is no handle ${url.pathname}\n`);
    if (request.method !== "GET" && request.method !== "POST") {
      return plain(response, 501, `${request.method} is not supported: use GET or POST.\n`);
    }
    if (request.method === "GET" && !url.searchParams.has("query")) {
      return plain(response, 200, "Ok.\n");
    }
    void query(request, response, url);
  });
  server.headersTimeout = 15_000;
  server.requestTimeout = 300_000;
  // Longer than the 2.5 s for which @clickhouse/client keeps an idle socket.
  server.keepAliveTimeout = 30_000;
  return server;
}

function parse(target: string | undefined): URL | undefined {
  const url = `http://localhost${target ?? "/"}`;
  return target?.startsWith("/") === true && URL.canParse(url) ? new URL(url) : undefined;
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/html; charset=UTF-8" });
  response.end(text);
}
