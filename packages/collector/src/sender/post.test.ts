import { afterEach, beforeEach, expect, test } from "vitest";
import { post, SendError } from "./post.js";
import { recordedSleep, startCollector } from "./testing/collector.js";

let collector: Awaited<ReturnType<typeof startCollector>>;

beforeEach(async () => {
  collector = await startCollector();
});
afterEach(() => collector.stop());

function send(sleep?: (ms: number) => Promise<void>, signal?: AbortSignal): Promise<unknown> {
  const body = JSON.stringify({ sentAt: 1, events: [] });
  return post({ url: `${collector.url}/v1/batch`, headers: {}, body, sleep, signal });
}

test("gives the answer's JSON", async () => {
  expect(await send()).toEqual({ accepted: 0, rejected: [] });
});

test("waits for as long as Retry-After says, and tries again", async () => {
  const { sleep, waits } = recordedSleep();
  collector.answer = (_, number) =>
    [
      { status: 503, headers: { "retry-after": "7" } },
      { status: 429, headers: { "retry-after": "2" } },
    ][number];
  await send(sleep);
  expect(waits).toEqual([7000, 2000]);
});

test("waits longer each time without Retry-After", async () => {
  const { sleep, waits } = recordedSleep();
  collector.answer = (_, number) => (number < 3 ? { status: 503 } : undefined);
  await send(sleep);
  expect(waits).toEqual([250, 500, 1000]);
});

test("a connection that breaks is tried again", async () => {
  const { sleep } = recordedSleep();
  collector.answer = (_, number) => (number < 2 ? "reset" : undefined);
  await send(sleep);
  expect(collector.requests).toHaveLength(3);
});

test("a refusal is not tried again and keeps the collector's words", async () => {
  const { sleep, waits } = recordedSleep();
  const error = { code: "unknown_key", message: "no site has this key" };
  collector.answer = () => ({ status: 401, body: { error } });
  const refusal = send(sleep);
  await expect(refusal).rejects.toThrow(SendError);
  await expect(refusal).rejects.toMatchObject({ status: 401 });
  await expect(refusal).rejects.toThrow("401: no site has this key");
  expect(waits).toEqual([]);
});

test("gives up on a collector that stays busy, with its status", async () => {
  const { sleep, waits } = recordedSleep();
  collector.answer = () => ({ status: 503, headers: { "retry-after": "100" } });
  await expect(send(sleep)).rejects.toMatchObject({ status: 503 });
  expect(waits).toEqual([100_000, 100_000, 100_000]);
});

test("gives up on an address where nobody answers, and names it", async () => {
  const { sleep } = recordedSleep();
  await collector.stop();
  const lost = send(sleep);
  await expect(lost).rejects.toMatchObject({ status: 0 });
  await expect(lost).rejects.toThrow(`no collector answers at ${collector.url}/v1/batch`);
});

test("an answer that is no JSON is not a collector's", async () => {
  collector.answer = () => ({ status: 200, body: "<html>" });
  await expect(send()).rejects.toThrow("is it a Balise collector?");
});

test("an abort ends the waiting", async () => {
  const stop = new AbortController();
  collector.answer = () => {
    stop.abort(new Error("enough"));
    return { status: 503, headers: { "retry-after": "600" } };
  };
  await expect(send(undefined, stop.signal)).rejects.toThrow("enough");
  expect(collector.requests).toHaveLength(1);
});
