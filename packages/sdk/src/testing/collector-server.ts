import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { Batch, Event } from "../wire.js";

/** What else it answers, by path: JSON of what this makes of a body; undefined breaks the connection. */
export type Answers = Record<string, (body: string) => object | undefined>;

/** A collector for one test: keeps what it takes, fails when told to, serves the script. */
export async function collectorServer(script: Buffer, answers: Answers = {}) {
  const accepted: Event[] = [];
  const paths: string[] = [];
  /** Status 0: the connection breaks. */
  const state = { status: 202, delay: 0 };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    paths.push(`${request.method} ${request.url}`);
    response.setHeader("access-control-allow-origin", "*");
    if (request.url === "/v1/balise.js") {
      response.setHeader("content-type", "text/javascript").end(script);
      return;
    }
    const other = answers[(request.url ?? "").replace(/\?.*/, "")];
    if (other) {
      const sent: Buffer[] = [];
      for await (const chunk of request) sent.push(Buffer.from(chunk));
      const found = other(String(Buffer.concat(sent)));
      if (!found) return void request.socket.destroy();
      response.writeHead(200, { "content-type": "application/json", "cache-control": "max-age=0" });
      return void response.end(JSON.stringify(found));
    }
    if (state.status === 0) return void request.socket.destroy();
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(Buffer.from(chunk));
    if (state.delay > 0) await new Promise((resolve) => setTimeout(resolve, state.delay));
    if (state.status === 202) {
      const body = Buffer.concat(chunks);
      // As the collector does: what begins like gzip is gzip.
      const batch: Batch = JSON.parse(String(body[0] === 0x1f ? gunzipSync(body) : body));
      accepted.push(...batch.events);
      response.writeHead(202, { "content-type": "application/json" });
      response.end(JSON.stringify({ accepted: batch.events.length, rejected: [] }));
    } else response.writeHead(state.status).end("{}");
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  const url = await listen(server);
  return {
    url,
    accepted,
    paths,
    state,
    named: (name: string) => accepted.filter((event) => event.name === name),
    close: () => stop(server),
  };
}

/** Serves pages by path, from an origin of their own. */
export async function pageServer(pages: Record<string, string>, headers: Record<string, string>) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const body = pages[path];
    const type = typeOf(path);
    response.writeHead(body === undefined ? 404 : 200, { ...headers, "content-type": type });
    response.end(body ?? "");
  });
  return { url: await listen(server), close: () => stop(server) };
}

function typeOf(path: string): string {
  if (path.endsWith(".css")) return "text/css";
  return path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
}

type Server = ReturnType<typeof createServer>;

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A server that listens on TCP has an address with a port.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
