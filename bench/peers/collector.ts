import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ANSWERS, type Answer } from "./answers.js";
import type { TagName } from "./tags.js";

export interface PeersCollector {
  /** Address of one peer's service. */
  url: (tag: TagName) => string;
  /** What peers asked for and this server does not know: their rows would be wrong. */
  unknown: ReadonlySet<string>;
  stop: () => void;
}

/** The services of all peers on loopback, each below its own name; it keeps nothing. */
export async function startPeersCollector(): Promise<PeersCollector> {
  const unknown = new Set<string>();
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => answer(request, response, unknown));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (tag) => `http://127.0.0.1:${port}/${tag}`,
    unknown,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, unknown: Set<string>): void {
  allow(request, response);
  if (request.method === "OPTIONS") return void response.writeHead(204).end();
  const found = answerTo(request);
  if (!found) unknown.add(`${request.method} ${request.url}`);
  const { status, body } = found ?? { status: 404, body: "" };
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json" });
  response.end(isText ? body : JSON.stringify(body));
}

function answerTo({ method, url = "" }: IncomingMessage): Answer | undefined {
  const [, tag = "", path = ""] = /^\/(\w+)([^?]*)/.exec(url) ?? [];
  const routes = Object.hasOwn(ANSWERS, tag) ? ANSWERS[tag as keyof typeof ANSWERS] : [];
  return routes.find(([verb, pattern]) => verb === method && pattern.test(path))?.[2];
}

/** Every page may read the answer, with cookies too: some tags send them. */
export function allow(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("access-control-allow-origin", request.headers.origin ?? "*");
  response.setHeader("access-control-allow-credentials", "true");
  response.setHeader("access-control-allow-methods", "GET, POST, OPTIONS");
  response.setHeader("access-control-expose-headers", "*");
  const asked = request.headers["access-control-request-headers"];
  if (asked) response.setHeader("access-control-allow-headers", asked);
}
