import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";

/**
 * What the proxy does to what passes. A server that answers 200 and does nothing is not among them:
 * nobody survives that lie.
 */
export const MODES = [
  "pass",
  /** No connection is taken. */
  "away",
  /** Half of a request arrives. */
  "cut request",
  /** The request is done, its answer is lost. */
  "lose answer",
  "cut answer",
  "500",
  "garbage",
  "slow",
] as const;

export type Mode = (typeof MODES)[number];

/** Milliseconds that each piece of a slow answer takes. */
const SLOW = 700;

const ILL = Buffer.from(
  "HTTP/1.1 500 Internal Server Error\r\ncontent-type: text/plain\r\ncontent-length: 8\r\nconnection: close\r\n\r\nno luck\n",
);
const GARBAGE = Buffer.from("\x00\x17SSH-2.0-not HTTP at all\r\n\r\n\x7f\x00");

/** Stands between collectors and ClickHouse, on loopback. */
export class Proxy {
  mode: Mode = "pass";
  /** Requests that were spoilt, by mode. */
  readonly spoilt = new Map<Mode, number>();
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor(target: URL) {
    this.#server = createServer((client) => this.#join(client, target));
  }

  static async start(target: string): Promise<Proxy> {
    const proxy = new Proxy(new URL(target));
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket, target: URL): void {
    if (this.mode === "away") {
      this.#spoil();
      client.destroy();
      return;
    }
    const store = connect(Number(target.port), target.hostname);
    for (const socket of [client, store]) {
      this.#sockets.add(socket);
      socket.on("error", () => undefined);
      socket.once("close", () => {
        this.#sockets.delete(socket);
        client.destroy();
        store.destroy();
      });
    }
    client.on("data", (bytes: Buffer) => this.#toStore(bytes, client, store));
    store.on("data", (bytes: Buffer) => this.#toClient(bytes, client, store));
  }

  #toStore(bytes: Buffer, client: Socket, store: Socket): void {
    switch (this.mode) {
      case "away":
      case "cut request":
        this.#spoil();
        if (this.mode === "away") store.destroy();
        else store.end(bytes.subarray(0, bytes.length / 2));
        client.destroy();
        return;
      case "500":
      case "garbage":
        this.#spoil();
        client.end(this.mode === "500" ? ILL : GARBAGE);
        return;
      default:
        if (!store.write(bytes)) {
          client.pause();
          store.once("drain", () => client.resume());
        }
    }
  }

  #toClient(bytes: Buffer, client: Socket, store: Socket): void {
    switch (this.mode) {
      case "lose answer":
        this.#spoil();
        client.destroy();
        return;
      case "cut answer":
        this.#spoil();
        client.end(bytes.subarray(0, 40));
        return;
      case "slow":
        this.#spoil();
        // Paused, so that nothing overtakes what waits.
        store.pause();
        setTimeout(() => {
          client.write(bytes);
          store.resume();
        }, SLOW);
        return;
      default:
        client.write(bytes);
    }
  }

  #spoil(): void {
    this.spoilt.set(this.mode, (this.spoilt.get(this.mode) ?? 0) + 1);
  }
}
