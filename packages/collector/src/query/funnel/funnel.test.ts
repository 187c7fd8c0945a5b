import fc from "fast-check";
import { ZodError } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oracleFunnel, type OracleEvent } from "../../testing/funnel-oracle.js";
import { openTestStore, type TestStore } from "../../testing/store.js";
import { ask } from "../ask.js";
import { QUERIES } from "../registry.js";

const T0 = Date.UTC(2026, 0, 10);
const SITE = "default";
const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

let store: TestStore;
let siteCount = 0;

beforeAll(async () => {
  store = await openTestStore();
});
afterAll(async () => {
  await store.close();
});

interface Row {
  id: string;
  name: string;
  time: number;
  device?: number;
  user?: string;
  session?: number;
  columns?: Record<string, unknown>;
}

async function insert(rows: readonly Row[], site: string): Promise<void> {
  await store.client.insert({
    table: "events",
    format: "JSONEachRow",
    values: rows.map((row) => ({
      site_id: site,
      id: row.id,
      name: row.name,
      occurred_at: row.time,
      received_at: row.time,
      ...(row.device === undefined ? {} : { anonymous_id: uuid(1, row.device) }),
      ...(row.user === undefined ? {} : { user_id: row.user }),
      ...(row.session === undefined ? {} : { session_id: uuid(2, row.session) }),
      ...row.columns,
    })),
  });
}

async function link(site: string, device: number, user: string, time: number): Promise<void> {
  await store.client.insert({
    table: "identities",
    format: "JSONEachRow",
    values: [{ site_id: site, anonymous_id: uuid(1, device), user_id: user, linked_at: time }],
  });
}

async function funnel(input: object, site: string): Promise<Record<string, unknown>[]> {
  const query = QUERIES.get("funnel");
  if (query === undefined) throw new Error("no funnel");
  return (await ask(store.client, query, input, site, { minGroup: 1 })).rows;
}

const people = (rows: readonly Record<string, unknown>[]): unknown[] =>
  rows.map((row) => row["people"]);
const newSite = (): string => `site${++siteCount}`;

/** Short histories in a narrow stretch of time: ties, repetitions and equal steps in most of them. */
const histories = fc.array(
  fc.record({
    unit: fc.integer({ min: 0, max: 5 }),
    name: fc.constantFrom("a", "b", "c", "d"),
    tick: fc.integer({ min: 0, max: 6 }),
    copies: fc.constantFrom(1, 1, 1, 2, 3),
  }),
  { maxLength: 36 },
);
const stepSets = fc.array(
  fc.oneof(
    fc.constantFrom(["a"], ["b"], ["c"]),
    fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
  ),
  { minLength: 1, maxLength: 5 },
);

describe("the funnel", () => {
  it("agrees with the brute-force oracle on thousands of random histories", async () => {
    // Each run asks one statement about many sites' worth of histories: units of one run are one funnel.
    await fc.assert(
      fc.asyncProperty(
        fc.array(histories, { minLength: 12, maxLength: 12 }),
        stepSets,
        fc.integer({ min: 0, max: 4 }),
        async (many, steps, window) => {
          const site = newSite();
          const events: OracleEvent[] = [];
          const rows: Row[] = [];
          many.forEach((history, group) => {
            history.forEach((event, place) => {
              const unit = group * 10 + event.unit;
              // Random-looking ids: their order says nothing of the order of the events.
              const id = uuid((place * 7919) % 97, group * 1000 + place);
              const time = T0 + event.tick * 1000;
              for (let copy = 0; copy < event.copies; copy++) {
                events.push({ id, unit: String(unit), name: event.name, time });
                rows.push({ id, name: event.name, time, device: unit });
              }
            });
          });
          if (rows.length > 0) await insert(rows, site);
          const answer = await funnel({ steps, windowSeconds: window === 0 ? 0.5 : window }, site);
          const expected = oracleFunnel(events, steps, window === 0 ? 500 : window * 1000);
          expect(answer).toMatchObject(expected.map((row) => ({ ...row })));
        },
      ),
      { numRuns: 60 },
    );
  }, 300_000);

  it("gives the same numbers by the parameterised view as by the query", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 }),
        async (history, steps) => {
          await store.client.command({ query: "TRUNCATE TABLE events" });
          if (history.length > 0) {
            await insert(
              history.map((event, place) => ({
                id: uuid(3, place),
                name: event.name,
                time: T0 + event.tick * 1000,
                device: event.unit,
              })),
              SITE,
            );
          }
          const names = steps.map((name) => `'${name}'`).join(", ");
          const result = await store.client.query({
            query: `SELECT * FROM funnel(steps = [${names}], window = 3)`,
            format: "JSON",
            clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
          });
          const view = (await result.json<Record<string, unknown>>()).data;
          expect(view).toEqual(await funnel({ steps, windowSeconds: 3 }, SITE));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("gives the same numbers by the view whatever the session's settings, and refuses what it cannot count", async () => {
    await store.client.command({ query: "TRUNCATE TABLE events" });
    await insert(
      [1, 2, 3].map((device) => ({ id: uuid(15, device), name: "a", time: T0, device })),
      SITE,
    );
    const view = async (steps: string): Promise<unknown> => {
      const result = await store.client.query({
        query: `SELECT people FROM funnel(steps = ${steps}, window = 3)`,
        format: "JSONEachRow",
        clickhouse_settings: { join_use_nulls: 1, output_format_json_quote_64bit_integers: 0 },
      });
      return result.json();
    };
    expect(await view("['a']")).toEqual([{ people: 3 }]);
    expect(await view("['a', 'a']")).toEqual([{ people: 3 }, { people: 0 }]);
    const many = Array.from({ length: 21 }, (_, n) => `'s${n}'`).join(", ");
    await expect(view(`[${many}, 'a']`)).rejects.toThrow(/1 to 20/);
  });

  it("counts many events of one millisecond", async () => {
    const site = newSite();
    const names = ["a", "b", "c", "d"];
    await insert(
      Array.from({ length: 80 }, (_, n) => ({
        id: uuid(16, n),
        name: names[n % 4] ?? "",
        time: T0,
        device: 1,
      })),
      site,
    );
    const steps = names.flatMap((name) => Array.from({ length: 5 }, () => name));
    expect(people(await funnel({ steps, windowSeconds: 1 }, site))).toEqual(steps.map(() => 1));
  });

  it("needs two events for two equal steps", async () => {
    const site = newSite();
    await insert(
      [
        { id: uuid(4, 1), name: "a", time: T0, device: 1 },
        { id: uuid(4, 2), name: "a", time: T0, device: 2 },
        { id: uuid(4, 3), name: "a", time: T0, device: 2 },
        { id: uuid(4, 1), name: "a", time: T0, device: 1 },
      ],
      site,
    );
    expect(people(await funnel({ steps: ["a", "a"], windowSeconds: 60 }, site))).toEqual([2, 1]);
  });

  it("counts a visitor who logs in later as one person, on every device", async () => {
    const site = newSite();
    await insert(
      [
        { id: uuid(5, 1), name: "a", time: T0, device: 1 },
        { id: uuid(5, 2), name: "b", time: T0 + 1000, device: 1, user: "u" },
        { id: uuid(5, 3), name: "c", time: T0 + 2000, device: 2 },
        { id: uuid(5, 4), name: "a", time: T0, device: 3 },
      ],
      site,
    );
    expect(people(await funnel({ steps: ["a", "b", "c"], windowSeconds: 60 }, site))).toEqual([
      2, 0, 0,
    ]);
    await link(site, 1, "u", T0 + 1000);
    expect(people(await funnel({ steps: ["a", "b", "c"], windowSeconds: 60 }, site))).toEqual([
      2, 1, 0,
    ]);
    await link(site, 2, "u", T0 + 9000);
    expect(people(await funnel({ steps: ["a", "b", "c"], windowSeconds: 60 }, site))).toEqual([
      2, 1, 1,
    ]);
    expect(people(await funnel({ steps: ["a", "b", "a"], windowSeconds: 60 }, site))).toEqual([
      2, 1, 0,
    ]);
  });

  it("counts by session and by account when asked", async () => {
    const site = newSite();
    await insert(
      [
        {
          id: uuid(6, 1),
          name: "a",
          time: T0,
          device: 1,
          session: 1,
          columns: { account_id: "acme" },
        },
        { id: uuid(6, 2), name: "b", time: T0 + 1, device: 1, session: 2 },
        { id: uuid(6, 3), name: "a", time: T0 + 2, device: 1, session: 2 },
        {
          id: uuid(6, 4),
          name: "b",
          time: T0 + 3,
          device: 2,
          session: 2,
          columns: { account_id: "acme" },
        },
      ],
      site,
    );
    expect(
      people(await funnel({ steps: ["a", "b"], windowSeconds: 60, by: "session" }, site)),
    ).toEqual([2, 1]);
    expect(
      people(await funnel({ steps: ["a", "b"], windowSeconds: 60, by: "account" }, site)),
    ).toEqual([1, 1]);
    expect(people(await funnel({ steps: ["a", "b"], windowSeconds: 60 }, site))).toEqual([1, 1]);
  });

  it("takes conditions on properties, any of several events, filters and a period", async () => {
    const site = newSite();
    const columns = (plan: unknown): Record<string, unknown> => ({
      properties: { plan, deep: { n: 3 } },
      channel: "web",
    });
    await insert(
      [
        { id: uuid(7, 1), name: "a", time: T0, device: 1, columns: columns("gold") },
        { id: uuid(7, 2), name: "b", time: T0 + 1, device: 1, columns: columns(5) },
        { id: uuid(7, 3), name: "a", time: T0, device: 2, columns: columns("silver") },
        { id: uuid(7, 4), name: "c", time: T0 + 1, device: 2, columns: columns(50) },
        { id: uuid(7, 5), name: "a", time: T0, device: 3 },
      ],
      site,
    );
    const count = async (first: unknown, second: unknown, more: object = {}): Promise<unknown[]> =>
      people(await funnel({ steps: [first, second], windowSeconds: 60, ...more }, site));
    const where = (op: string, value: unknown, property = "plan"): object => ({
      event: "a",
      where: [{ property, op, value }],
    });
    expect(await count("a", ["b", "c"])).toEqual([3, 2]);
    expect(await count(where("=", "gold"), ["b", "c"])).toEqual([1, 1]);
    expect(await count(where("≠", "gold"), ["b", "c"])).toEqual([2, 1]);
    expect(await count(where("in", ["gold", "silver"]), "b")).toEqual([2, 1]);
    expect(await count(where("contains", "ILV"), "c")).toEqual([1, 1]);
    expect(await count({ event: "a", where: [{ property: "plan", op: "exists" }] }, "c")).toEqual([
      2, 1,
    ]);
    expect(
      await count("a", { event: ["b", "c"], where: [{ property: "plan", op: ">", value: 5 }] }),
    ).toEqual([3, 1]);
    expect(
      await count("a", {
        event: ["b", "c"],
        where: [{ property: "properties.deep.n", op: "=", value: 3 }],
      }),
    ).toEqual([3, 2]);
    expect(
      await count("a", "c", { filters: [{ property: "channel", op: "=", value: "web" }] }),
    ).toEqual([2, 1]);
    expect(await count("a", "c", { from: "2026-01-11" })).toEqual([0, 0]);
    expect(await count("a", "c", { from: "2026-01-10", to: "2026-01-10" })).toEqual([3, 1]);
    expect(await count("a", "c", { to: "2026-01-10T00:00:00.001Z" })).toEqual([3, 0]);
  });

  it("breaks down by the field of the entry event, and the groups add up", async () => {
    const site = newSite();
    const on = (device: string): Record<string, unknown> => ({
      device,
      properties: { plan: device === "mobile" ? "x" : null },
    });
    await insert(
      [
        { id: uuid(8, 1), name: "a", time: T0, device: 1, columns: on("mobile") },
        { id: uuid(8, 2), name: "b", time: T0 + 1, device: 1, columns: on("desktop") },
        { id: uuid(8, 3), name: "a", time: T0, device: 2, columns: on("desktop") },
        { id: uuid(8, 4), name: "a", time: T0, device: 3, columns: on("mobile") },
      ],
      site,
    );
    const rows = await funnel({ steps: ["a", "b"], windowSeconds: 60, breakdown: "device" }, site);
    expect(rows.map((row) => [row["group"], row["step"], row["people"]])).toEqual([
      ["mobile", 1, 2],
      ["mobile", 2, 1],
      ["desktop", 1, 1],
      ["desktop", 2, 0],
    ]);
    const byPlan = await funnel(
      { steps: ["a", "b", "a"], windowSeconds: 60, breakdown: "properties.plan" },
      site,
    );
    expect(byPlan.map((row) => [row["group"], row["people"]])).toEqual([
      ["x", 2],
      ["x", 1],
      ["x", 0],
      ["", 1],
      ["", 0],
      ["", 0],
    ]);
  });

  it("keeps a person in the group of the first entry, whatever comes later", async () => {
    const site = newSite();
    const on = (device: string): Record<string, unknown> => ({ device });
    const day = 86_400_000;
    await insert(
      [
        { id: uuid(14, 1), name: "a", time: T0, device: 1, columns: on("mobile") },
        { id: uuid(14, 2), name: "a", time: T0 + day, device: 1, columns: on("desktop") },
        { id: uuid(14, 3), name: "b", time: T0 + day + 1, device: 1, columns: on("desktop") },
        { id: uuid(14, 4), name: "a", time: T0 + 5 * day, device: 2, columns: on("desktop") },
      ],
      site,
    );
    const groups = async (steps: string[], breakdown: string): Promise<unknown[]> =>
      (await funnel({ steps, windowSeconds: 60, breakdown }, site)).map((row) => [
        row["group"],
        row["people"],
      ]);
    expect(await groups(["a"], "device")).toEqual([
      ["desktop", 1],
      ["mobile", 1],
    ]);
    expect(await groups(["a", "b"], "device")).toEqual([
      ["desktop", 1],
      ["desktop", 0],
      ["mobile", 1],
      ["mobile", 1],
    ]);
    expect(await groups(["a", "b", "a"], "device")).toEqual([
      ["desktop", 1],
      ["desktop", 0],
      ["desktop", 0],
      ["mobile", 1],
      ["mobile", 1],
      ["mobile", 0],
    ]);
    // 10 January 2026 is a Saturday, and two days later another week.
    expect(await groups(["a", "b"], "day")).toEqual([
      ["2026-01-10", 1],
      ["2026-01-10", 1],
      ["2026-01-15", 1],
      ["2026-01-15", 0],
    ]);
    expect(await groups(["a"], "week")).toEqual([
      ["2026-01-05", 1],
      ["2026-01-12", 1],
    ]);
  });

  it("takes the acquisition channel of the visit in which the funnel was entered", async () => {
    const site = newSite();
    const from = (channel: string): Record<string, unknown> => ({ acquisition_channel: channel });
    await insert(
      [
        {
          id: uuid(13, 1),
          name: "landing",
          time: T0,
          device: 1,
          session: 1,
          columns: from("organic_search"),
        },
        { id: uuid(13, 2), name: "a", time: T0 + 1000, device: 1, session: 1, columns: from("") },
        {
          id: uuid(13, 3),
          name: "b",
          time: T0 + 2000,
          device: 1,
          session: 1,
          columns: from("direct"),
        },
        { id: uuid(13, 4), name: "a", time: T0, device: 2, session: 2, columns: from("email") },
        { id: uuid(13, 5), name: "a", time: T0, device: 3, columns: from("referral") },
        { id: uuid(13, 6), name: "a", time: T0, device: 4, session: 4 },
      ],
      site,
    );
    const groups = async (steps: string[], more: object = {}): Promise<unknown[]> =>
      (
        await funnel({ steps, windowSeconds: 60, breakdown: "acquisitionChannel", ...more }, site)
      ).map((row) => [row["group"], row["people"]]);
    const expected = [
      ["", 1],
      ["", 0],
      ["email", 1],
      ["email", 0],
      ["organic_search", 1],
      ["organic_search", 1],
      ["referral", 1],
      ["referral", 0],
    ];
    expect(await groups(["a", "b"])).toEqual(expected);
    expect(
      await groups(["a", "b"], { from: "2026-01-10T00:00:00.500Z", to: "2026-01-11" }),
    ).toEqual([
      ["organic_search", 1],
      ["organic_search", 1],
    ]);
    expect(await groups(["a", "b", "a"])).toHaveLength(12);
    const search = { property: "acquisitionChannel", op: "=", value: "organic_search" };
    expect(
      people(
        await funnel(
          { steps: ["a", "b"], windowSeconds: 60, filters: [search], by: "session" },
          site,
        ),
      ),
    ).toEqual([1, 1]);
  });

  it("takes the latest start of the ways that end in the same millisecond", async () => {
    const site = newSite();
    const at = (seconds: number, name: string, place: number): Row => {
      return { id: uuid(21, place), name, time: T0 + seconds * 1000, device: 1 };
    };
    const calls = [4, 5, 6].map((place) => at(50, "call", place));
    await insert([at(0, "visit", 1), at(20, "call", 2), at(40, "visit", 3), ...calls], site);
    const rows = await funnel({ steps: ["visit", "call", "call"], windowSeconds: 60 }, site);
    expect(people(rows)).toEqual([1, 1, 1]);
    expect(rows.map((row) => row["medianSeconds"])).toEqual([null, 10, 0]);
    expect(rows.map((row) => row["medianTotalSeconds"])).toEqual([null, 10, 10]);
  });

  it("leaves bots out and never mixes sites", async () => {
    const [site, other] = [newSite(), newSite()];
    await insert(
      [{ id: uuid(9, 1), name: "a", time: T0, device: 1, columns: { bot: true } }],
      site,
    );
    await insert([{ id: uuid(9, 2), name: "a", time: T0, device: 1 }], other);
    expect(people(await funnel({ steps: ["a"], windowSeconds: 60 }, site))).toEqual([0]);
    expect(people(await funnel({ steps: ["a"], windowSeconds: 60 }, other))).toEqual([1]);
  });

  it("gives Wilson's interval", async () => {
    const site = newSite();
    const rows: Row[] = Array.from({ length: 10 }, (_, n) => ({
      id: uuid(10, n),
      name: "a",
      time: T0,
      device: n,
    }));
    await insert(
      [
        ...rows,
        { id: uuid(11, 1), name: "b", time: T0, device: 1 },
        { id: uuid(11, 2), name: "b", time: T0, device: 2 },
      ],
      site,
    );
    const [first, second] = await funnel({ steps: ["a", "b"], windowSeconds: 60 }, site);
    // Reference: R's prop.test(2, 10, correct = FALSE): 0.05668215 0.50983752.
    expect(second).toMatchObject({ people: 2, shareOfFirst: 0.2, shareOfPrevious: 0.2 });
    expect(second?.["low"]).toBeCloseTo(0.05668215, 7);
    expect(second?.["high"]).toBeCloseTo(0.50983752, 7);
    expect(first).toMatchObject({ shareOfFirst: 1, shareOfPrevious: 1, high: 1 });
  });

  it("refuses what would not be validated parts", async () => {
    const refused = async (input: object): Promise<void> => {
      await expect(funnel(input, SITE)).rejects.toThrow(ZodError);
    };
    await refused({ steps: [], windowSeconds: 1 });
    await refused({ steps: ["a"], windowSeconds: -1 });
    await refused({ steps: ["a"], windowSeconds: 1, breakdown: "x` OR 1=1 --" });
    await refused({
      steps: [{ event: "a", where: [{ property: "a'b", op: "=", value: 1 }] }],
      windowSeconds: 1,
    });
    await refused({
      steps: [{ event: "a", where: [{ property: "a", op: "; DROP", value: 1 }] }],
      windowSeconds: 1,
    });
    await refused({ steps: ["a"], windowSeconds: 1, from: "yesterday" });
    await refused({ steps: Array.from({ length: 21 }, () => "a"), windowSeconds: 1 });
    await refused({ steps: ["a"], windowSeconds: 1, unknown: 1 });
    await refused({ steps: ["a"], windowSeconds: 1, from: "2026-01-02", to: "2026-01-01" });
    await refused({ steps: ["a"], windowSeconds: 1, from: "2026-02-31" });
  });

  it("treats any text as a value, never as SQL", async () => {
    const site = newSite();
    await insert([{ id: uuid(12, 1), name: "a", time: T0, device: 1 }], site);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", minLength: 1, maxLength: 40 }), async (text) => {
        const steps = [
          text,
          {
            event: "a",
            where: [
              { property: "p", op: "=", value: text },
              { property: "q", op: "contains", value: text },
            ],
          },
        ];
        const rows = await funnel({ steps, windowSeconds: 60 }, site);
        expect(rows).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
