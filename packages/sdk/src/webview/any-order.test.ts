import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeApp } from "../testing/fake-app.js";
import { webviewBridge } from "./bridge.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const TIMEOUT = 100;

/** What may happen. `batch` counts back from the latest that the app has heard. */
type Step =
  | { do: "send"; events: number }
  | { do: "ack" | "refuse"; batch: number; rejected: boolean }
  | { do: "wait"; ms: number }
  | { do: "rubbish"; raw: unknown }
  | { do: "ready" | "stop" | "break" | "mend" | "down" | "up" };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant("send"), events: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constant("send"), events: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constantFrom("ack", "refuse"), batch: fc.nat(3), rejected: fc.boolean() }),
  fc.record({ do: fc.constant("ack"), batch: fc.constant(0), rejected: fc.boolean() }),
  fc.record({ do: fc.constant("ready") }),
  fc.record({ do: fc.constantFrom("stop", "break", "mend", "down", "up") }),
  fc.record({ do: fc.constant("wait"), ms: fc.integer({ min: 1, max: 2 * TIMEOUT }) }),
  fc.record({ do: fc.constant("rubbish"), raw: fc.anything() }),
);

/** A page whose app and network do as they are told. */
function page() {
  const app = fakeApp();
  const state = { broken: false, down: false };
  const acknowledged = new Set<string>();
  const overHttp = new Set<string>();
  const sends: { events: string; outcome: Promise<number> }[] = [];
  app.shell.BaliseAndroid = {
    postMessage(text) {
      if (state.broken) throw new Error("no app");
      app.hear(text);
    },
  };
  vi.stubGlobal("fetch", async (_url: string, { body }: { body: string }) => {
    if (state.down) throw new TypeError("Failed to fetch");
    overHttp.add(JSON.stringify(JSON.parse(body).events));
    return new Response("{}", { status: 202 });
  });
  const bridge = webviewBridge({ timeout: TIMEOUT });
  bridge.connect({
    flush: async () => undefined,
    handover: () => undefined,
    identify: () => undefined,
    group: () => undefined,
    reset: () => undefined,
  });

  function send(count: number): void {
    const list = Array.from({ length: count }, (_, n) => ({ id: `${sends.length}.${n}` }));
    const body = JSON.stringify({ writeKey: "wk", sentAt: 1, events: list });
    const answer = bridge.options.fetch?.("https://c.test", { body });
    const outcome = Promise.resolve(answer).then(
      (response) => response?.status ?? -1,
      () => 0,
    );
    sends.push({ events: JSON.stringify(list), outcome });
  }

  function answer(back: number, whole: boolean, reject: boolean): void {
    const batch = app.batches().at(-1 - back);
    if (!batch) return;
    const rejected = reject ? [{ index: 0, code: "invalid_field", message: "no" }] : [];
    const accepted = batch.count - rejected.length - (whole ? 0 : 1);
    if (whole) acknowledged.add(batch.events);
    app.say({ balise: 1, type: "ack", id: batch.id, accepted, rejected });
  }

  async function run(one: Step): Promise<void> {
    if (one.do === "send") send(one.events);
    else if (one.do === "ack" || one.do === "refuse") {
      answer(one.batch, one.do === "ack", one.rejected);
    } else if (one.do === "wait") await vi.advanceTimersByTimeAsync(one.ms);
    else if (one.do === "rubbish") app.shell.baliseReceive?.(one.raw);
    else if (one.do === "ready" || one.do === "stop") {
      app.say({ balise: 1, type: "ready", can: one.do === "ready" ? ["batch"] : [] });
    } else if (one.do === "break" || one.do === "mend") state.broken = one.do === "break";
    else state.down = one.do === "down";
    await vi.advanceTimersByTimeAsync(0);
  }

  return { app, run, sends, acknowledged, overHttp };
}

test("whatever is said in whatever order, each batch has one answer and none is lost", async () => {
  const ways = { app: 0, http: 0, kept: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { app, run, sends, acknowledged, overHttp } = page();
      await run({ do: "ready" });
      for (const one of steps) await run(one);
      await run({ do: "wait", ms: 2 * TIMEOUT });
      for (const { events, outcome } of sends) {
        const status = await Promise.race([outcome, Promise.resolve("never")]);
        const safe = acknowledged.has(events) || overHttp.has(events);
        // What was refused by both stays in the outbox of the tag.
        expect(status === 0 || (status === 202 && safe)).toBe(true);
        ways[status === 0 ? "kept" : overHttp.has(events) ? "http" : "app"]++;
      }
      const sent = sends.map(({ events }) => events);
      for (const batch of app.batches()) expect(sent).toContain(batch.events);
    }),
    { numRuns: 300 },
  );
  // The property is empty unless every way was gone.
  expect(Math.min(ways.app, ways.http, ways.kept)).toBeGreaterThan(9);
});
