import { connect, type Socket } from "node:net";

export interface RawAnswer {
  status: number;
  headers: string;
  body: string;
}

/** Writes the bytes to a socket as they are and reads until the collector closes it. */
export async function sendRaw(url: string, ...parts: (string | Buffer)[]): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let text = "";
  socket.on("data", (bytes) => (text += bytes.toString("latin1")));
  for (const part of parts) socket.write(part);
  await whenClosed(socket);
  const [, status = "0"] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  const [headers = "", body = ""] = text.split("\r\n\r\n");
  return { status: Number(status), headers, body };
}

/** However it ends: what is refused early is cut off while it is still being written. */
export async function whenClosed(socket: Socket): Promise<void> {
  socket.on("error", () => undefined);
  socket.resume();
  await new Promise((resolve) => {
    socket.once("close", resolve);
  });
}

/** The head of a `POST`, after which the connection closes. */
export function head(path: string, headers: Record<string, string | number>): string {
  const lines = Object.entries({
    host: "collector",
    connection: "close",
    "content-type": "application/json",
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

/** The whole of a `POST` to `/v1/batch`, with its true length unless a header says otherwise. */
export function batchRequest(
  body: string | Buffer,
  headers: Record<string, string | number> = {},
): (string | Buffer)[] {
  return [head("/v1/batch", { "content-length": Buffer.byteLength(body), ...headers }), body];
}
