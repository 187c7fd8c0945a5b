import fc from "fast-check";
import { expect, it } from "vitest";
import { type Accept, createAccept } from "./accept.js";
import type { Origin } from "./origin.js";
import { decodeRecord } from "./record.js";
import { createScrubber } from "./scrub/index.js";
import { readEnvelope } from "./scan/envelope.js";
import { BusyError, Turns } from "./turns.js";
import { NO_VISITOR } from "./visitor.js";

const NOW = Date.UTC(2026, 5, 15, 12);
const MiB = 1024 * 1024;
const origin: Origin = {
  site: { id: "shop", writeKey: "w", secretKey: "s", readKey: "r", origins: [] },
  source: "batch",
  visitor: NO_VISITOR,
  defaultChannel: "web",
};
const uuid = (number: number): string =>
  `01900000-0000-7000-8000-${String(number).padStart(12, "0")}`;
const event = (number: number, more: object = {}): object => ({
  id: uuid(number),
  name: "cart",
  occurredAt: NOW,
  anonymousId: uuid(number),
  ...more,
});

/** A collector that lets others come in between after so many milliseconds: 0 is after every event. */
function collector(slice: number): { accept: Accept; kept: string[] } {
  const kept: string[] = [];
  const append = async (records: Buffer): Promise<void> => {
    for (let at = 0; at < records.length;) {
      const record = decodeRecord(records, at);
      if (record === undefined) throw new Error("a broken record");
      for (const line of record.payload.toString("utf8").trimEnd().split("\n"))
        kept.push(`${record.table} ${line}`);
      at = record.end;
    }
  };
  const turns = new Turns(() => 0, slice);
  return { accept: createAccept({ append }, () => NOW, createScrubber(), turns), kept };
}

/** By the short way where the body allows it. */
async function send({ accept }: { accept: Accept }, events: readonly object[]): Promise<unknown> {
  const body = Buffer.from(`{"writeKey":"w","sentAt":${NOW},"events":${JSON.stringify(events)}}`);
  const { eventsAt = 0 } = readEnvelope(body) ?? {};
  return accept.bytes(origin, body, eventsAt, 1000);
}

it("requests that give way to each other keep and answer what they do one after the other", async () => {
  const kinds = fc.constantFrom<object[]>(
    { properties: { plan: "a" } },
    { properties: { call: "06 12 34 56 78" } },
    { later: 1 },
    { id: "no uuid" },
    { userId: "u1" },
    { userId: "u2", later: 1 },
    { userId: "u2", occurredAt: NOW - 5000 },
    { name: "events_dropped", properties: { count: 2 } },
  );
  const requests = fc.array(fc.array(kinds, { maxLength: 6 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(requests, async (list) => {
      // Devices of their own: which of two requests links one is not said.
      const bodies = list.map((events, request) =>
        events.map((more, place) =>
          event(request * 100 + place, { anonymousId: uuid(request), ...more }),
        ),
      );
      const [alone, together] = [collector(1), collector(0)];
      const answers = [];
      for (const body of bodies) answers.push(await send(alone, body));
      expect(await Promise.all(bodies.map((body) => send(together, body)))).toEqual(answers);
      expect(together.kept.toSorted()).toEqual(alone.kept.toSorted());
      expect(together.accept.counts).toEqual(alone.accept.counts);
    }),
  );
});

it("a request that takes long is overtaken by one that does not", async () => {
  const shop = collector(0);
  const ended: string[] = [];
  const refused = Array.from({ length: 20 }, (_, n) => event(n, { id: "x" }));
  const long = send(shop, refused).then(() => ended.push("long"));
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  const short = send(shop, [event(1)]).then(() => ended.push("short"));
  await Promise.all([long, short]);
  expect(ended).toEqual(["short", "long"]);
});

it("what waits is bounded; a request past that keeps nothing and counts nothing", async () => {
  const { accept, kept } = collector(0);
  const two = (number: number): object[] => [event(number), event(number + 1)];
  const first = accept(origin, two(1), { held: 10 * MiB });
  const second = accept(origin, two(3), { held: 10 * MiB });
  await expect(second).rejects.toThrow(BusyError);
  expect(await first).toEqual({ accepted: 2, rejected: [] });
  expect(kept).toHaveLength(2);
  expect(accept.counts).toMatchObject({ accepted: 2, repeated: 0 });
  // There is room again, and the same events are no repetition.
  expect(await accept(origin, two(3), { held: 10 * MiB })).toMatchObject({ accepted: 2 });
  expect(accept.counts).toMatchObject({ accepted: 4, repeated: 0 });
});

it("a person erased while a request waits is linked by it again", async () => {
  const shop = collector(0);
  const links = (): number => shop.kept.filter((line) => line.startsWith("identities")).length;
  const visit = [event(1, { userId: "u" }), event(2, { later: 1 }), event(3, { later: 1 })];
  await send(shop, visit);
  await send(shop, visit);
  expect(links()).toBe(1);
  const waits = send(shop, visit);
  shop.accept.forgetLinks();
  await waits;
  expect(links()).toBe(2);
});
