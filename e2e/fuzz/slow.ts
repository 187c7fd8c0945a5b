import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Tally } from "./tally.js";
import { batchHead } from "./wire/raw.js";

/** Milliseconds between two bytes. */
const EVERY = 400;
/** Bytes after which the collector has lost its patience, or never will. */
const MOST = 150;

const LATE = [
  ["slow request line", "", `GET /${"a".repeat(MOST)}`],
  ["slow header", "POST /v1/batch HTTP/1.1\r\nHost: x\r\n", `X: ${"a".repeat(MOST)}`],
] as const;
const LATER = [
  ["slow body", batchHead(`Content-Length: ${2 * MOST}`), " ".repeat(MOST)],
  ["slow chunk", batchHead("Transfer-Encoding: chunked"), `fff\r\n${" ".repeat(MOST)}`],
  ["slow chunk size", batchHead("Transfer-Encoding: chunked"), "0".repeat(MOST)],
] as const;

/**
 * Senders of a byte now and then, at each place of a request: the collector must end every one of
 * them, with its own timeouts. Bodies are given half a minute, so only a patient caller waits.
 */
export async function slowSenders(
  url: string,
  each: number,
  patient: boolean,
  tally: Tally,
): Promise<void> {
  const shapes = patient ? [...LATE, ...LATER] : LATE;
  await Promise.all(
    shapes.flatMap(([name, head, drops]) =>
      Array.from({ length: each }, async () => {
        const { ended, answer } = await drip(url, head, drops);
        tally.count(name, [answer]);
        if (!ended) tally.complain(name, "the collector waits for ever");
      }),
    ),
  );
}

async function drip(
  url: string,
  head: string,
  drops: string,
): Promise<{ ended: boolean; answer: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = "";
  socket.on("data", (bytes) => (received += String(bytes)));
  socket.on("error", () => undefined);
  const state = { closed: false };
  socket.once("close", () => (state.closed = true));
  socket.write(head);
  for (const drop of drops) {
    if (state.closed || received !== "") break;
    socket.write(drop);
    await pause(EVERY);
  }
  const ended = state.closed || received !== "";
  socket.destroy();
  return { ended, answer: /^HTTP\/1.1 (\d+)/.exec(received)?.[1] ?? "closed" };
}
