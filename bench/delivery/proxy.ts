import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { allow } from "../peers/collector.js";
import { marksIn } from "../peers/marks.js";

/** What the collector never hears of; someone in between answers. */
const FAULTS = {
  "503": { status: 503, type: "text/plain", body: "Service Unavailable" },
  "500": { status: 500, type: "text/plain", body: "no luck" },
  html: { status: 200, type: "text/html", body: "<!doctype html><title>Welcome</title><p>Log in" },
};

/** What stands between a page and its collector. */
export type Mode =
  | "pass"
  /** No connection is taken. */
  | "away"
  /** What was asked is done; the answer comes five seconds later. */
  | "slow"
  /** The question whether a request is allowed is answered a quarter of a second later. */
  | "slow preflight"
  /** What was asked is done; half of the answer's body comes as if it were all. */
  | "cut answer"
  | keyof typeof FAULTS;

const SLOW_MS = 5000;
const SLOW_PREFLIGHT_MS = 250;
/** They belong to one connection, or Node writes them itself. */
const OWN_HEADERS = ["host", "connection", "keep-alive", "content-length", "transfer-encoding"];

/** The way of one run's events to the collector, on loopback. */
export class Proxy {
  /** Events that the collector took, by their number, with how often each arrived. */
  readonly arrivals = new Map<number, number>();
  #mode: Mode = "pass";
  readonly #server = createServer((request, response) => void this.#pass(request, response));

  private constructor(
    readonly target: string,
    readonly run: string,
  ) {
    this.#server.on("connection", (socket) => {
      if (this.#mode === "away") socket.destroy();
    });
  }

  static async start(target: string, run: string): Promise<Proxy> {
    const proxy = new Proxy(target, run);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  /** A name of its own makes it another site than the page's. */
  get url(): string {
    return `http://collect.localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  turn(mode: Mode): void {
    this.#mode = mode;
    if (mode === "away") this.#server.closeAllConnections();
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request).catch(() => undefined);
    // What did not come whole is nobody's.
    if (body === undefined) return;
    const mode = this.#mode;
    const asks = request.method === "OPTIONS";
    if (mode === "away") return void request.socket.destroy();
    if (isFault(mode) && !asks) return spoil(request, response, mode);
    const answer = await forward(this.target, request, body);
    if (request.method === "POST" && answer.status < 300) this.#count(body);
    if (mode === "slow") await sleep(SLOW_MS);
    if (mode === "slow preflight" && asks) await sleep(SLOW_PREFLIGHT_MS);
    const whole = answer.body.length;
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body.subarray(0, mode === "cut answer" ? whole / 2 : whole));
  }

  #count(body: Buffer): void {
    for (const number of marksIn(body, this.run)) {
      this.arrivals.set(number, (this.arrivals.get(number) ?? 0) + 1);
    }
  }
}

const isFault = (mode: Mode): mode is keyof typeof FAULTS => Object.hasOwn(FAULTS, mode);

function spoil(
  request: IncomingMessage,
  response: ServerResponse,
  fault: keyof typeof FAULTS,
): void {
  const { status, type, body } = FAULTS[fault];
  allow(request, response);
  response.writeHead(status, { "content-type": type }).end(body);
}

interface Forwarded {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

async function forward(target: string, request: IncomingMessage, body: Buffer): Promise<Forwarded> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    OWN_HEADERS.includes(name) || value === undefined ? [] : [[name, String(value)] as const],
  );
  const answer = await fetch(target + request.url, {
    method: request.method ?? "GET",
    headers: Object.fromEntries(headers),
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  const kept = [...answer.headers].filter(
    ([name]) => !OWN_HEADERS.includes(name) && name !== "content-encoding",
  );
  return {
    status: answer.status,
    headers: Object.fromEntries(kept),
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
