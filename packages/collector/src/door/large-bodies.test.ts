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

const hold = (url: string, count: number, length: string): Promise<Socket[]> =>
  Promise.all(Array.from({ length: count }, () => begin(url, length)));

/** Chunks of 20,000 bytes, of a body of unknown length. */
function postChunks(url: string, count: number): Promise<Response> {
  const chunk = '{"events":[]}'.padEnd(20_000);
  const chunks = [chunk, ...Array.from({ length: count - 1 }, () => " ".repeat(20_000))];
  const body = ReadableStream.from(chunks.map((text) => Buffer.from(text)));
  const headers = { "content-type": "text/plain" };
  return fetch(url + PATH, { method: "POST", headers, body, duplex: "half" });
}

it("chunked bodies that hardly begin keep nobody out", async () => {
  const app = await openApp();
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const held = await hold(url, 100, "Transfer-Encoding: chunked");
  expect((await post(url, SIZE)).status).toBe(202);
  for (const size of [1, 5]) expect((await postChunks(url, size)).status).toBe(202);
  for (const socket of held) socket.destroy();
});

it("large bodies past a number are asked to come again, small ones are taken", async () => {
  const app = await openApp();
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const held = await hold(url, 64, `Content-Length: ${SIZE}`);
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
  expect((await postChunks(url, 1)).status).toBe(202);
  const large = await postChunks(url, 5);
  expect(await large.json()).toMatchObject({ error: { code: "busy" } });
  for (const socket of held) socket.destroy();
  await expect.poll(status).toBe(202);
  // One after the other, each gives its place back.
  for (let times = 0; times < 10; times++) expect(await status()).toBe(202);
});
