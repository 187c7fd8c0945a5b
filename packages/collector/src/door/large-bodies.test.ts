import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { expect, it } from "vitest";
import { openApp, SITE } from "./testing/app.js";

const SIZE = 100_000;
const PATH = `/v1/batch?k=${SITE.writeKey}`;

/** Begins a large body and leaves it there. */
async function begin(url: string, length: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(`POST ${PATH} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n${length}\r\n\r\n`);
  return socket;
}

const post = (url: string, size: number): Promise<Response> =>
  fetch(url + PATH, { method: "POST", body: '{"events":[]}'.padEnd(size) });

it("large bodies past a number are asked to come again, small ones are taken", async () => {
  const app = await openApp();
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const lengths = [`Content-Length: ${SIZE}`, "Transfer-Encoding: chunked"];
  const held = await Promise.all(
    Array.from({ length: 64 }, (_, n) => begin(url, lengths[n % 2] ?? "")),
  );
  const status = async (): Promise<number> => {
    const answer = await post(url, SIZE).catch(() => undefined);
    await answer?.text();
    return answer?.status ?? 0;
  };
  await expect.poll(status).toBe(503);
  const refused = await post(url, SIZE);
  expect(refused.headers.get("retry-after")).toBe("2");
  expect(await refused.json()).toMatchObject({ error: { code: "busy" } });
  for (let times = 0; times < 5; times++) expect((await post(url, 60_000)).status).toBe(202);
  for (const socket of held) socket.destroy();
  await expect.poll(status).toBe(202);
  // One after the other, each gives its place back.
  for (let times = 0; times < 10; times++) expect(await status()).toBe(202);
});
