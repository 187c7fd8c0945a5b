// @vitest-environment happy-dom
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { startTag } from "./tag.js";
import { fakeClock, settled } from "./testing/fake-clock.js";
import { type Behaviour, fakeCollector } from "./testing/fake-collector.js";
import { fakeLocks } from "./testing/fake-locks.js";
import { fakePlatform } from "./testing/fake-platform.js";
import { memoryStore } from "./testing/memory-store.js";

const options = { key: "wk", host: "https://c.test" };

type Step =
  | { do: "track"; tab: number }
  | { do: "collector"; behaviour: Behaviour }
  | { do: "pass"; ms: number }
  | { do: "crash"; tab: number }
  | { do: "flush"; tab: number };

const tab = fc.integer({ min: 0, max: 2 });
const behaviour: fc.Arbitrary<Behaviour> = fc.oneof(
  fc.constantFrom<Behaviour>("accept", "down", "lost"),
  fc.constantFrom(500, 503, 429, 413, 200).map((status) => ({ status })),
  fc.constant({ status: 503, retryAfter: "7" }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("track" as const), tab }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("collector" as const), behaviour }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("pass" as const), ms: fc.nat({ max: 20_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("crash" as const), tab }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flush" as const), tab }) },
);

/** A browser with three tabs over one storage; a crashed tab opens again as a new page. */
function browser() {
  const store = memoryStore();
  const clock = fakeClock();
  const collector = fakeCollector();
  const { locks, die } = fakeLocks();
  const told = new Set<unknown>();
  const open = () => {
    const alive = { yes: true };
    const { platform } = fakePlatform(store, clock, collector);
    const own: string[] = [];
    const tag = startTag(
      { ...options, onReject: (lost) => told.add(lost.id) },
      {
        ...platform,
        locks: {
          ...locks,
          request: (name: string, ...rest: [LockOptions | LockGrantedCallback<unknown>]) => {
            if (typeof rest[0] === "function") own.push(name);
            return locks.request(name, ...rest);
          },
        },
        // A crashed page runs no timer and hears no answer.
        after: (run, ms) => platform.after(() => (alive.yes ? run() : undefined), ms),
        fetch: async (url, init) => {
          const response = await collector.fetch(url, init);
          return alive.yes ? response : new Promise<Response>(() => undefined);
        },
      },
    );
    return {
      tag,
      crash() {
        alive.yes = false;
        own.forEach(die);
      },
    };
  };
  return { store, clock, collector, told, open };
}

test("through any order of failures, crashes and reloads every event arrives", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const { store, clock, collector, told, open } = browser();
      const tabs = [open(), open(), open()];
      let count = 0;
      for (const action of steps) {
        if (action.do === "track") tabs[action.tab]?.tag.track(`event ${count++}`);
        else if (action.do === "pass") await clock.pass(action.ms);
        else if (action.do === "flush") void tabs[action.tab]?.tag.flush();
        else if (action.do === "collector") collector.behaviour = action.behaviour;
        else {
          tabs[action.tab]?.crash();
          await settled();
          tabs[action.tab] = open();
        }
      }
      collector.behaviour = "accept";
      // Longer than the longest wait of a collector that seemed blocked.
      await clock.pass(700_000);
      // Whoever visits next finds what the last failures left.
      open();
      await clock.pass(200_000);

      const arrived = new Set(collector.names());
      const ids = new Map(
        collector.posts.flatMap(({ batch }) => batch.events.map(({ name, id }) => [name, id])),
      );
      const lost = Array.from({ length: count }, (_, n) => `event ${n}`).filter(
        // What the collector calls too large even alone is told instead.
        (name) => !arrived.has(name) && !told.has(ids.get(name)),
      );
      expect(lost).toEqual([]);
      expect(collector.ids().size).toBe(arrived.size);
      expect(store.keys().filter((key) => key.includes("outbox"))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
