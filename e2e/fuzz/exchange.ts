import { connect, type Socket } from "node:net";
import type { Input } from "./input.js";

/** Milliseconds without a word after which a connection that owes no answer is let go of. */
const QUIET = 150;
/** Milliseconds for an answer that is owed: past that, the collector hangs. */
const PATIENCE = 30_000;

export interface Exchange {
  received: Buffer;
  /** The collector ended the connection; otherwise the sender let go of it. */
  ended: boolean;
  /** Cut off by a reset, with which an answer under way may be lost. */
  cut: boolean;
}

/** Plays an input on a connection of its own. */
export function exchange(url: string, input: Input): Promise<Exchange> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ port: Number(port), host: hostname, noDelay: true });
    const chunks: Buffer[] = [];
    const state = { ended: true, cut: false };
    const leave = (): void => {
      state.ended = false;
      socket.destroy();
    };
    socket.setTimeout(input.answered ? PATIENCE : QUIET, leave);
    socket.on("data", (bytes: Buffer) => chunks.push(bytes));
    socket.on("error", () => (state.cut = true));
    socket.once("close", () => resolve({ received: Buffer.concat(chunks), ...state }));
    socket.once("connect", () => void write(socket, input, leave));
  });
}

async function write(socket: Socket, input: Input, leave: () => void): Promise<void> {
  for (const part of input.parts) {
    if (socket.destroyed) return;
    socket.write(part);
    // Each part is a packet of its own, so that the parser stops in the middle of things.
    if (input.parts.length > 1) await new Promise((resolve) => setImmediate(resolve));
  }
  if (input.ending === "half-close") socket.end();
  if (input.ending === "reset") {
    leave();
    socket.resetAndDestroy();
  }
}
