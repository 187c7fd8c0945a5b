import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

export interface Received {
  headers: Record<string, string>;
  body: string;
}

export interface Receiver {
  url: string;
  received: Received[];
  /** What the next ones are answered: a status, headers, or `never`. @default 200 */
  answer: number | "never";
  headers: Record<string, string>;
  close: () => Promise<void>;
}

/** A receiver of webhooks on a port of its own, which keeps what it is told. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    void (async () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      receiver.received.push({ headers, body: await text(request) });
      if (receiver.answer !== "never") response.writeHead(receiver.answer, receiver.headers).end();
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on no port");
  const receiver: Receiver = {
    url: `http://127.0.0.1:${address.port}/hook`,
    received: [],
    answer: 200,
    headers: {},
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
  return receiver;
}

/**
 * What was received, as a receiver reads it: by the library of Standard Webhooks.
 * @throws Error where the signature is not that of its id, time and body.
 */
export const verified = (secret: string, { body, headers }: Received): unknown =>
  new Webhook(secret).verify(body, headers);
