/** Properties of events against the same numbers counted in plain code. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  countedBy,
  inPeriod,
  NAMES,
  openSentEvents,
  peopleOf,
  PERIOD,
  SEEN,
  type Sent,
} from "../../testing/sent-events.js";
import { asker } from "../../testing/question.js";
import type { TestStore } from "../../testing/store.js";

let store: TestStore;
beforeAll(async () => {
  store = await openSentEvents();
});
afterAll(async () => {
  await store.close();
});

const asked = asker(() => store);

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function propertiesOf(keep: (event: Sent) => boolean): string[] {
  const kept = SEEN.filter((event) => inPeriod(event) && keep(event));
  return NAMES.flatMap((name) => {
    const events = kept.filter((event) => event.name === name);
    const kinds = countedBy(
      events.flatMap(({ properties }) =>
        Object.entries(properties).map(([key, value]) => `${typeOf(value)} ${key}`),
      ),
    );
    return [...kinds].map(([kind, carrying]) =>
      JSON.stringify([name, events.length, peopleOf(events), events.length, kind, carrying]),
    );
  }).toSorted();
}

const propertyRows = (rows: readonly Record<string, unknown>[]): string[] =>
  rows
    .map((row) =>
      JSON.stringify([
        row["event"],
        row["events"],
        row["people"],
        row["looked"],
        `${String(row["type"])} ${String(row["property"])}`,
        row["carrying"],
      ]),
    )
    .toSorted();

describe("event_properties", () => {
  it("counts what plain code counts, of all, of a segment and of groups", async () => {
    const { rows } = await asked("event_properties", PERIOD);
    expect(propertyRows(rows)).toEqual(propertiesOf(() => true));
    const filters = [{ property: "device", op: "=", value: "mobile" }];
    const mobile = propertiesOf(({ device }) => device === "mobile");
    expect(propertyRows((await asked("event_properties", { ...PERIOD, filters })).rows)).toEqual(
      mobile,
    );
    const grouped = await asked("event_properties", { ...PERIOD, breakdown: "device" });
    expect(propertyRows(grouped.rows.filter((row) => row["group"] === "mobile"))).toEqual(mobile);
    const byTier = await asked("event_properties", { ...PERIOD, breakdown: "traits.tier" });
    expect(propertyRows(byTier.rows.filter((row) => row["group"] === "rare"))).toEqual(
      propertiesOf(({ person }) => person < 3),
    );
  });
});

describe("event_properties of many events", () => {
  it("looks at a share of a frequent event and at all of a rare one, and says so", async () => {
    const day = { from: "2026-02-01", to: "2026-02-01" };
    await store.client.command({
      query: `INSERT INTO events (site_id, id, name, occurred_at, received_at, properties)
        SELECT 'default', toUUID('00000009-0000-7000-8000-' || leftPad(toString(number), 12, '0')),
          if(number < 30000, 'frequent', 'rare'), toDateTime64('2026-02-01 00:00:00', 3, 'UTC'), now64(3),
          if(number % 4 = 0, '{"quarter": 1}', '{}')::JSON
        FROM numbers(30500)`,
    });
    const [frequent, rare] = (await asked("event_properties", day)).rows;
    expect(frequent).toMatchObject({ event: "frequent", events: 30_000 });
    // A third of them, by their ids; six standard deviations.
    expect(Math.abs(Number(frequent?.["looked"]) - 10_000)).toBeLessThan(490);
    expect(Math.abs(Number(frequent?.["share"]) - 0.25)).toBeLessThan(0.026);
    expect(rare).toMatchObject({ event: "rare", events: 500, looked: 500, carrying: 125 });
  });
});
