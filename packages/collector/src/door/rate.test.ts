import rateLimit from "@fastify/rate-limit";
import Fastify, { type FastifyRequest } from "fastify";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRate, type Rate, REMEMBERED } from "./rate.js";

/** A rate over callers that are named by hand. */
async function openRate(
  perMinute: number,
): Promise<Record<keyof Rate, (caller: string) => Promise<number>>> {
  const app = Fastify();
  await app.register(rateLimit, { global: false });
  let requestOf: FastifyRequest | undefined;
  let caller = "";
  app.get("/", async (request) => void (requestOf = request));
  await app.inject("/");
  await app.close();
  const rate = createRate(app, perMinute, () => caller);
  const asking = (ask: Rate["take"]) => (name: string) => {
    caller = name;
    if (requestOf === undefined) throw new Error("no request");
    return ask(requestOf);
  };
  return { take: asking(rate.take), wait: asking(rate.wait) };
}

const START = Date.UTC(2026, 0, 1);
const at = (milliseconds: number): void => void vi.setSystemTime(START + milliseconds);

describe("a rate", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"], now: START }));
  afterEach(() => void vi.useRealTimers());

  it("lets so many of each caller through a minute, and says for how long the minute lasts", async () => {
    const { take } = await openRate(3);
    for (let times = 0; times < 3; times++) expect(await take("a")).toBe(0);
    at(10_000);
    expect(await take("a")).toBe(50);
    expect(await take("b")).toBe(0);
    at(59_999);
    expect(await take("a")).toBe(1);
    at(60_000);
    for (let times = 0; times < 3; times++) expect(await take("a")).toBe(0);
    expect(await take("a")).toBe(60);
  });

  it("asks without counting", async () => {
    const { take, wait } = await openRate(1);
    expect([await wait("a"), await wait("a"), await take("a"), await wait("a")]).toEqual([
      0, 0, 0, 60,
    ]);
    at(60_000);
    expect([await wait("a"), await take("a")]).toEqual([0, 0]);
  });

  it.each(["take", "wait"] as const)(
    "shuts nobody out because the clock was set back: %s",
    async (ask) => {
      const rate = await openRate(1);
      expect([await rate.take("a"), await rate.take("a")]).toEqual([0, 60]);
      at(-3_600_000);
      expect(await rate[ask]("a")).toBe(0);
      if (ask === "wait") await rate.take("a");
      expect(await rate.take("a")).toBe(60);
    },
  );

  it("remembers a bounded number of callers, the latest and the busy ones", async () => {
    const { take } = await openRate(1);
    await take("busy");
    for (let caller = 0; caller <= REMEMBERED; caller++) {
      await take(`caller ${caller}`);
      if (caller % 1000 === 0) expect(await take("busy")).toBe(60);
    }
    expect(await take(`caller ${REMEMBERED}`)).toBe(60);
    expect(await take("caller 2")).toBe(60);
    expect(await take("caller 0")).toBe(0);
  });
});
