import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** Opens connections that say nothing. @returns what closes them. */
export async function openIdle(url: string, count: number): Promise<() => void> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = [];
  for (let opened = 0; opened < count; opened += 100) {
    const some = Array.from({ length: Math.min(100, count - opened) }, () =>
      connect(Number(port), hostname),
    );
    sockets.push(...some);
    await Promise.all(some.map((socket) => once(socket, "connect")));
    for (const socket of some) socket.on("error", () => undefined);
  }
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}
