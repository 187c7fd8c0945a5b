import fc from "fast-check";
import type { OracleEvent } from "./funnel-oracle.js";
import { askStore } from "./question.js";
import { openTestStore, type TestStore } from "./store.js";

export const T0 = Date.UTC(2026, 0, 10);

export const uuid = (kind: number, number: number): string =>
  `${String(kind).padStart(8, "0")}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export interface Row {
  id: string;
  name: string;
  /** Epoch milliseconds. */
  time: number;
  device?: number;
  user?: string;
  session?: number;
  /** Other columns of `events`. */
  columns?: Record<string, unknown>;
}

let historyCount = 0;

/** What each device did, a history each: `"a0 b2"` is a at the start and b two seconds later. */
export function historiesOf(...texts: readonly string[]): Row[] {
  const kind = 100 + ++historyCount;
  return texts.flatMap((text, device) =>
    text.split(" ").map((word, place) => ({
      id: uuid(kind, device * 100 + place),
      name: word.replace(/[\d.]+$/, ""),
      time: T0 + Number(/[\d.]+$/.exec(word)?.[0]) * 1000,
      device,
      session: device,
    })),
  );
}

export interface FunnelStore {
  store: TestStore;
  /** A site that nothing has been written of. */
  newSite: () => string;
  insert: (rows: readonly Row[], site: string) => Promise<void>;
  link: (site: string, device: number, user: string, time: number) => Promise<void>;
  /** The rows of a question. */
  rows: (name: string, input: object, site: string) => Promise<Record<string, unknown>[]>;
  funnel: (input: object, site: string) => Promise<Record<string, unknown>[]>;
  /** The people of each step. */
  people: (input: object, site: string) => Promise<unknown[]>;
  /** The people of each step when each of the histories is somebody's. */
  count: (input: object, ...histories: string[]) => Promise<unknown[]>;
}

/** A test store with the words that tests of funnels use. */
export async function openFunnelStore(): Promise<FunnelStore> {
  const store = await openTestStore();
  let sites = 0;
  const rows: FunnelStore["rows"] = async (name, input, site) => {
    return (await askStore(store, name, input, { minGroup: 1 }, site)).rows;
  };
  const funnel: FunnelStore["funnel"] = (input, site) =>
    rows("funnel", { windowSeconds: 60, ...input }, site);
  const people: FunnelStore["people"] = async (input, site) =>
    (await funnel(input, site)).map((row) => row["people"]);
  const newSite = (): string => `site${++sites}`;
  const insert: FunnelStore["insert"] = async (given, site) => {
    await store.client.insert({
      table: "events",
      format: "JSONEachRow",
      values: given.map((row) => ({
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
  };
  return {
    store,
    newSite,
    rows,
    funnel,
    people,
    insert,
    count: async (input, ...texts) => {
      const site = newSite();
      await insert(historiesOf(...texts), site);
      return people(input, site);
    },
    link: async (site, device, user, time) => {
      await store.client.insert({
        table: "identities",
        format: "JSONEachRow",
        values: [{ site_id: site, anonymous_id: uuid(1, device), user_id: user, linked_at: time }],
      });
    },
  };
}

/** Short histories in a narrow stretch of time: ties, repetitions and equal steps in most of them. */
export const histories = fc.array(
  fc.record({
    unit: fc.integer({ min: 0, max: 5 }),
    name: fc.constantFrom("a", "b", "c", "d"),
    tick: fc.integer({ min: 0, max: 6 }),
    copies: fc.constantFrom(1, 1, 1, 2, 3),
  }),
  { maxLength: 36 },
);

/** Many histories as those of as many people, close enough for most to go some way: one statement counts them all. */
export const crowds = fc.array(
  fc.array(
    fc.record({
      unit: fc.integer({ min: 0, max: 3 }),
      name: fc.constantFrom("a", "b", "c", "d"),
      tick: fc.integer({ min: 0, max: 7 }),
      copies: fc.constantFrom(1, 1, 1, 2),
    }),
    { minLength: 16, maxLength: 36 },
  ),
  { minLength: 40, maxLength: 40 },
);

/** A crowd as rows to insert and as events for the oracle. Ids say nothing of the order of events. */
export function crowdOf(
  many: readonly (typeof histories extends fc.Arbitrary<infer T> ? T : never)[],
): {
  rows: Row[];
  events: OracleEvent[];
} {
  const rows = many.flatMap((history, group) =>
    history.flatMap((event, place) => {
      const device = group * 10 + event.unit;
      const id = uuid((place * 7919) % 97, group * 1000 + place);
      const row = { id, name: event.name, time: T0 + event.tick * 1000, device, session: device };
      return Array.from({ length: event.copies }, () => row);
    }),
  );
  return {
    rows,
    events: rows.map(({ id, name, time, device }) => ({ id, unit: String(device), name, time })),
  };
}

export const stepSets = fc.array(
  fc.oneof(
    fc.constantFrom(["a"], ["b"], ["c"]),
    fc.uniqueArray(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 2 }),
  ),
  { minLength: 1, maxLength: 5, size: "max" },
);
