/** Groups by a field of the entry event. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, openFunnelStore, T0, uuid } from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

describe("a funnel broken down", () => {
  it("breaks down by the field of the entry event, and the groups add up", async () => {
    const site = test.newSite();
    const on = (device: string): Record<string, unknown> => ({
      device,
      properties: { plan: device === "mobile" ? "x" : null },
    });
    await test.insert(
      [
        { id: uuid(8, 1), name: "a", time: T0, device: 1, columns: on("mobile") },
        { id: uuid(8, 2), name: "b", time: T0 + 1, device: 1, columns: on("desktop") },
        { id: uuid(8, 3), name: "a", time: T0, device: 2, columns: on("desktop") },
        { id: uuid(8, 4), name: "a", time: T0, device: 3, columns: on("mobile") },
      ],
      site,
    );
    const rows = await test.funnel(
      { steps: ["a", "b"], windowSeconds: 60, breakdown: "device" },
      site,
    );
    expect(rows.map((row) => [row["group"], row["step"], row["people"]])).toEqual([
      ["mobile", 1, 2],
      ["mobile", 2, 1],
      ["desktop", 1, 1],
      ["desktop", 2, 0],
    ]);
    const byPlan = await test.funnel(
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
    const site = test.newSite();
    const on = (device: string): Record<string, unknown> => ({ device });
    const day = 86_400_000;
    await test.insert(
      [
        { id: uuid(14, 1), name: "a", time: T0, device: 1, columns: on("mobile") },
        { id: uuid(14, 2), name: "a", time: T0 + day, device: 1, columns: on("desktop") },
        { id: uuid(14, 3), name: "b", time: T0 + day + 1, device: 1, columns: on("desktop") },
        { id: uuid(14, 4), name: "a", time: T0 + 5 * day, device: 2, columns: on("desktop") },
      ],
      site,
    );
    const groups = async (steps: string[], breakdown: string): Promise<unknown[]> =>
      (await test.funnel({ steps, windowSeconds: 60, breakdown }, site)).map((row) => [
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
    const site = test.newSite();
    const from = (channel: string): Record<string, unknown> => ({ acquisition_channel: channel });
    await test.insert(
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
        await test.funnel(
          { steps, windowSeconds: 60, breakdown: "acquisitionChannel", ...more },
          site,
        )
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
      await test.people(
        { steps: ["a", "b"], windowSeconds: 60, filters: [search], by: "session" },
        site,
      ),
    ).toEqual([1, 1]);
  });
});
