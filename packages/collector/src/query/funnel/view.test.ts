/** The view that any SQL client may ask. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type FunnelStore,
  openFunnelStore,
  histories,
  T0,
  uuid,
} from "../../testing/funnel-store.js";

let test: FunnelStore;
const SITE = "default";

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

describe("the parameterised view", () => {
  it("gives the same numbers by the parameterised view as by the query", async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 }),
        async (history, steps) => {
          await test.store.client.command({ query: "TRUNCATE TABLE events" });
          if (history.length > 0) {
            await test.insert(
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
          const result = await test.store.client.query({
            query: `SELECT * FROM funnel(steps = [${names}], window = 3)`,
            format: "JSON",
            clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
          });
          const view = (await result.json<Record<string, unknown>>()).data;
          expect(view).toEqual(await test.funnel({ steps, windowSeconds: 3 }, SITE));
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it("gives the same numbers by the view whatever the session's settings, and refuses what it cannot count", async () => {
    await test.store.client.command({ query: "TRUNCATE TABLE events" });
    await test.insert(
      [1, 2, 3].map((device) => ({ id: uuid(15, device), name: "a", time: T0, device })),
      SITE,
    );
    const view = async (steps: string): Promise<unknown> => {
      const result = await test.store.client.query({
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
});
