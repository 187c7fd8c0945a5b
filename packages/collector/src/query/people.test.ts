import { afterAll, beforeAll, expect, it } from "vitest";
import { askStore } from "../testing/question.js";
import { openTestStore, type TestStore } from "../testing/store.js";

const T0 = Date.UTC(2026, 0, 10, 9, 30);
const uuid = (number: number): string =>
  `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
  const event = (id: number, device: number, more: object = {}): object => ({
    site_id: "s",
    id: uuid(id),
    name: "a",
    occurred_at: T0 + id,
    received_at: T0 + id,
    anonymous_id: uuid(100 + device),
    ...more,
  });
  // One person on two devices, one of which is known from a login alone; one more person; a copy; a bot.
  const values = [
    event(1, 1),
    event(2, 1, { user_id: "u" }),
    event(3, 2),
    event(4, 3),
    event(4, 3),
    event(5, 4, { bot: true }),
  ];
  await store.client.insert({ table: "events", format: "JSONEachRow", values });
  await store.client.insert({
    table: "identities",
    format: "JSONEachRow",
    values: [1, 2].map((device) => ({
      site_id: "s",
      anonymous_id: uuid(100 + device),
      user_id: "u",
      linked_at: T0,
    })),
  });
});
afterAll(async () => {
  await store.close();
});

async function rows(name: string, input: object): Promise<Record<string, unknown>[]> {
  return (await askStore(store, name, input, {}, "s")).rows;
}

it("counts the same people in every question", async () => {
  const [names] = await rows("event_names", {});
  expect(names).toMatchObject({
    name: "a",
    events: 4,
    people: 2,
    firstSeen: "2026-01-10T09:30:00.001Z",
  });
  expect(await rows("activity", { bucket: "hour" })).toEqual([
    { time: "2026-01-10T09:00:00Z", events: 4, people: 2 },
  ]);
  const [step] = await rows("funnel", { steps: ["a"], windowSeconds: 60 });
  expect(step).toMatchObject({ people: 2 });
});

it("shows an event once among the latest, with who and what", async () => {
  await store.client.insert({
    table: "events",
    format: "JSONEachRow",
    values: [1, 2].map(() => ({
      site_id: "s",
      id: uuid(50),
      name: "live",
      occurred_at: Date.now(),
      received_at: Date.now(),
      user_id: "u",
      properties: { n: 1, day: "2026-01-01" },
      page_path: "/p",
    })),
  });
  const latest = await rows("live_events", {});
  expect(latest).toHaveLength(1);
  expect(latest[0]).toMatchObject({
    id: uuid(50),
    person: "u",
    known: true,
    bot: false,
    page: "/p",
    properties: { n: 1, day: "2026-01-01" },
  });
  expect(await rows("live_events", { after: Date.now() + 1000 })).toEqual([]);
});
