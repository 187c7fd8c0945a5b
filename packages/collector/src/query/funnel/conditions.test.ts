/** What a step and a filter may ask of events, and what is refused. */
import fc from "fast-check";
import { ZodError } from "zod";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, openFunnelStore, T0, uuid } from "../../testing/funnel-store.js";

let test: FunnelStore;
const SITE = "default";

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

describe("conditions", () => {
  it("takes conditions on properties, any of several events, filters and a period", async () => {
    const site = test.newSite();
    const columns = (plan: unknown): Record<string, unknown> => ({
      properties: { plan, deep: { n: 3 } },
      channel: "web",
    });
    await test.insert(
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
      await test.people({ steps: [first, second], windowSeconds: 60, ...more }, site);
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

  it("refuses what would not be validated parts", async () => {
    const refused = async (input: object): Promise<void> => {
      await expect(test.funnel(input, SITE)).rejects.toThrow(ZodError);
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
    const site = test.newSite();
    await test.insert([{ id: uuid(12, 1), name: "a", time: T0, device: 1 }], site);
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
        const rows = await test.funnel({ steps, windowSeconds: 60 }, site);
        expect(rows).toHaveLength(2);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
