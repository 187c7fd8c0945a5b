import { expect, test } from "vitest";
import type { Connection } from "./connection.js";
import { createPool } from "./pool.js";

const connection = () => ({}) as Connection;
const gate = () => {
  const latch = { open: (): void => undefined };
  const opened = new Promise<void>((resolve) => {
    latch.open = resolve;
  });
  return { open: () => latch.open(), opened };
};

test("runs as many at once as there are connections, the rest in order of arrival", async () => {
  const pool = createPool("tests", [connection(), connection()], 10);
  const first = gate();
  const order: number[] = [];
  const work = (n: number) => async () => {
    order.push(n);
    if (n < 2) await first.opened;
  };
  const all = [0, 1, 2, 3].map((n) => pool.use(undefined, work(n)));
  await Promise.resolve();
  await Promise.resolve();
  expect(order).toEqual([0, 1]);
  first.open();
  await Promise.all(all);
  expect(order).toEqual([0, 1, 2, 3]);
});

test("says so when the queue is full, and works on", async () => {
  const pool = createPool("tests", [connection()], 1);
  const first = gate();
  const running = pool.use(undefined, () => first.opened);
  const waiting = pool.use(undefined, () => Promise.resolve("waited"));
  await expect(pool.use(undefined, () => Promise.resolve())).rejects.toMatchObject({
    code: 202,
    status: 503,
    message: expect.stringContaining("1 of tests are running and 1 are waiting"),
  });
  first.open();
  await running;
  await expect(waiting).resolves.toBe("waited");
});

test("a client that leaves the queue frees its place, and work that fails frees its connection", async () => {
  const pool = createPool("tests", [connection()], 1);
  const first = gate();
  const running = pool.use(undefined, async () => {
    await first.opened;
    throw new Error("broken");
  });
  const leave = new AbortController();
  const left = pool.use(leave.signal, () => Promise.resolve());
  leave.abort();
  await expect(left).rejects.toMatchObject({ code: 394 });
  const next = pool.use(undefined, () => Promise.resolve("next"));
  first.open();
  await expect(running).rejects.toThrow("broken");
  await expect(next).resolves.toBe("next");
});
