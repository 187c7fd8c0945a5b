/** Random events of every kind that the questions about coverage look at, and what plain code counts of them. */
import fc from "fast-check";
import { openTestStore, type TestStore } from "./store.js";

export const FROM = Date.UTC(2026, 0, 10);
export const TO = Date.UTC(2026, 0, 12);
export const DAY = 86_400_000;
const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export interface Sent {
  name: string;
  at: number;
  person: number;
  device: string;
  violation: string;
  properties: Record<string, unknown>;
  bot: boolean;
}

export const NAMES = ["signed_up", "signedup", "renewed", "it's", "page_view"];

const sentEvent: fc.Arbitrary<Sent> = fc.record({
  name: fc.constantFrom(...NAMES),
  // Some in the same millisecond, some at the ends of the period, some outside.
  at: fc.constantFrom(FROM - 40 * DAY, FROM - 1, FROM, FROM + 1, FROM + DAY, TO - 1, TO),
  person: fc.nat(30),
  device: fc.constantFrom("desktop", "desktop", "mobile"),
  violation: fc.constantFrom("", "", "missing_property:plan", "wrong_type:price"),
  properties: fc.record(
    {
      plan: fc.constantFrom("solo", "[x", "7"),
      price: fc.constantFrom(1, 2.5, "1", true),
      tags: fc.constantFrom(["a"], [{ sku: 1 }]),
      size: fc.constantFrom({ w: 1 }, { w: 1, h: { cm: 2 } }),
    },
    { requiredKeys: [] },
  ),
  bot: fc.constantFrom(false, false, false, true),
});

const SENT: Sent[] = [
  ...fc.sample(sentEvent, { numRuns: 400, seed: 7 }),
  {
    name: "older",
    at: FROM - 40 * DAY,
    person: 1,
    device: "desktop",
    violation: "",
    properties: {},
    bot: false,
  },
];
/** Those of people. */
export const SEEN = SENT.filter(({ bot }) => !bot);

/** A store with each of them, some twice and not merged. */
export async function openSentEvents(): Promise<TestStore> {
  const store = await openTestStore();
  const rows = SENT.map((event, n) => ({
    site_id: "default",
    id: uuid(1, n),
    name: event.name,
    occurred_at: event.at,
    received_at: event.at,
    anonymous_id: uuid(2, event.person),
    device: event.device,
    plan_violation: event.violation,
    properties: event.properties,
    traits: event.person < 3 ? { tier: "rare" } : {},
    bot: event.bot,
  }));
  await store.client.command({ query: "SYSTEM STOP MERGES events" });
  for (const values of [rows, rows.slice(100, 300)]) {
    await store.client.insert({ table: "events", values, format: "JSONEachRow" });
  }
  return store;
}

export const PERIOD = { from: "2026-01-10", to: "2026-01-11" };
export const inPeriod = ({ at }: Sent): boolean => at >= FROM && at < TO;

export function countedBy<Key extends string>(keys: readonly Key[]): Map<Key, number> {
  const counts = new Map<Key, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export const peopleOf = (events: readonly Sent[]): number =>
  new Set(events.map(({ person }) => person)).size;
