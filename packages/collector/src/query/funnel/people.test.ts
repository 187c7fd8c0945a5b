/** The people behind a step, and what those who dropped off did next. */
import { ZodError } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FunnelStore,
  openFunnelStore,
  type Row,
  T0,
  uuid,
} from "../../testing/funnel-store.js";

let test: FunnelStore;
let site: string;

const steps = ["a", { event: "extra", optional: true }, "b", "c"];
const at = (device: number, name: string, seconds: number, more: Partial<Row> = {}): Row => ({
  id: uuid(device, Math.round(seconds * 1000) + name.charCodeAt(0)),
  name,
  time: T0 + seconds * 1000,
  device,
  session: device,
  ...more,
});

beforeAll(async () => {
  test = await openFunnelStore();
  site = test.newSite();
  const view = (device: number, seconds: number, path: string): Row =>
    at(device, "page_view", seconds, { columns: { page_path: path } });
  await test.insert(
    [
      at(1, "a", 0),
      at(1, "b", 1, { user: "ana" }),
      at(1, "c", 2, { user: "ana" }),
      at(2, "a", 0),
      at(2, "extra", 3),
      view(2, 4, "/help"),
      at(2, "left", 5),
      at(3, "a", 0),
      at(3, "b", 9),
      view(3, 8, "/before"),
      view(3, 19, "/help"),
      view(3, 19, "/help"),
      at(4, "a", 10),
      at(5, "a", 10, { columns: { bot: true } }),
      at(6, "a", 0, { columns: { account_id: "acme" } }),
    ],
    site,
  );
  await test.link(site, 1, "ana", T0);
  await test.link(site, 4, "bob", T0);
});
afterAll(async () => {
  await test.store.close();
});

const ask = (name: string, more: object): Promise<Record<string, unknown>[]> =>
  test.rows(name, { steps, windowSeconds: 60, ...more }, site);
const moment = (seconds: number): string => new Date(T0 + seconds * 1000).toISOString();

describe("the people behind a drop-off", () => {
  it("are users where they are known, else devices, with the last step that they did", async () => {
    expect(await ask("funnel_people", { step: 3, reached: "dropped" })).toEqual([
      { id: "bob", kind: "user", lastStep: 1, at: moment(10) },
      { id: uuid(1, 2), kind: "device", lastStep: 2, at: moment(3) },
      { id: uuid(1, 6), kind: "device", lastStep: 1, at: moment(0) },
    ]);
    expect(await ask("funnel_people", { step: 4, reached: "dropped" })).toEqual([
      { id: uuid(1, 3), kind: "device", lastStep: 3, at: moment(9) },
    ]);
    expect(await ask("funnel_people", { step: 4, reached: "converted" })).toEqual([
      { id: "ana", kind: "user", lastStep: 4, at: moment(2) },
    ]);
  });

  it("are as many as the funnel counts, in every order and for every step", async () => {
    for (const order of ["ordered", "strict", "unordered"]) {
      const counted = await test.people({ steps, order }, site);
      for (const step of [1, 2, 3, 4]) {
        const converted = await ask("funnel_people", { step, reached: "converted", order });
        expect(converted).toHaveLength(Number(counted[step - 1]));
      }
      const dropped = await ask("funnel_people", { step: 4, reached: "dropped", order });
      expect(dropped).toHaveLength(Number(counted[2]) - Number(counted[3]));
    }
  });

  it("may be sessions and accounts, and are a sample of as many as asked", async () => {
    const sessions = await ask("funnel_people", { step: 3, reached: "converted", by: "session" });
    expect(sessions.map(({ id, kind }) => [id, kind])).toEqual([
      [uuid(2, 3), "session"],
      [uuid(2, 1), "session"],
    ]);
    expect(await ask("funnel_people", { step: 1, reached: "converted", by: "account" })).toEqual([
      { id: "acme", kind: "account", lastStep: 1, at: moment(0) },
    ]);
    const two = { step: 1, reached: "converted", limit: 2 };
    expect(await ask("funnel_people", two)).toHaveLength(2);
    expect(await ask("funnel_people", two)).toEqual(await ask("funnel_people", two));
  });

  it("are refused for steps that there are not", async () => {
    const refused = (more: object): Promise<void> =>
      expect(ask("funnel_people", { reached: "dropped", ...more })).rejects.toThrow(ZodError);
    await refused({ step: 5 });
    await refused({ step: 1 });
    await refused({ step: 2, limit: 1001 });
    await expect(ask("funnel_next", { step: 1 })).rejects.toThrow(/nobody drops off before step 1/);
  });
});

describe("what they did next", () => {
  it("is their first event later than their last step, within the time", async () => {
    // Reference: the Wilson interval of 1 in 3 and of 2 in 3 (R's prop.test without correction).
    const next = await ask("funnel_next", { step: 3 });
    expect(
      next.map((row) => [row["next"], row["people"], row["dropped"], row["medianSeconds"]]),
    ).toEqual([
      [null, 2, 3, null],
      ["page_view", 1, 3, 1],
    ]);
    expect(next[1]?.["share"]).toBeCloseTo(1 / 3, 12);
    expect(next[1]?.["low"]).toBeCloseTo(0.0614919447, 8);
    expect(next[1]?.["high"]).toBeCloseTo(0.7923403992, 8);
  });

  it("may be the next page viewed, and is nothing when that came too late", async () => {
    const pages = await ask("funnel_next", { step: 4, what: "page" });
    expect(pages).toMatchObject([{ next: "/help", people: 1, dropped: 1, medianSeconds: 10 }]);
    const soon = await ask("funnel_next", { step: 4, what: "page", withinSeconds: 9 });
    expect(soon).toMatchObject([{ next: null, people: 1, share: 1, high: 1 }]);
    expect(await ask("funnel_next", { step: 4, by: "session" })).toMatchObject([
      { next: "page_view", people: 1 },
    ]);
    expect(await ask("funnel_next", { steps: ["none", "b"], step: 2 })).toEqual([]);
  });
});
