/** A funnel reads what it needs and no more. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FunnelStore, openFunnelStore, uuid } from "../../testing/funnel-store.js";
import { buildFunnel } from "./build.js";
import { funnelSchema } from "./schema.js";

let test: FunnelStore;
const SITE = "read";

beforeAll(async () => {
  test = await openFunnelStore();
  // Three months, each a partition, of one event in a hundred that a funnel of a and b asks for.
  for (const month of [0, 1, 2]) {
    const time = Date.UTC(2026, month, 10);
    await test.insert(
      Array.from({ length: 40_000 }, (_, n) => ({
        id: uuid(month, n),
        name: n % 200 === 0 ? "a" : n % 200 === 1 ? "b" : `other ${n % 3}`,
        time,
        device: n % 500,
      })),
      SITE,
    );
  }
});
afterAll(async () => {
  await test.store.close();
});

async function explain(kind: string, input: object): Promise<string> {
  const query = funnelSchema.parse({ windowSeconds: 60, ...input });
  const { sql, params } = buildFunnel(query, SITE);
  const result = await test.store.client.query({
    query: `EXPLAIN ${kind} ${sql}`,
    query_params: params,
    format: "TabSeparatedRaw",
  });
  return result.text();
}

/** The columns of `events` that leave the reading of it; what is only filtered by does not. */
async function columnsRead(input: object): Promise<string[]> {
  const lines = (await explain("header = 1, actions = 0", input)).split("\n");
  const read = lines.findIndex((line) => /ReadFromMergeTree \(.*\bevents\)/.test(line));
  const columns: string[] = [];
  for (const line of lines.slice(read + 1)) {
    const column = /^[│ ]*(?:Header: )?(\w+) [A-Z]/.exec(line)?.[1];
    if (column === undefined) break;
    columns.push(column);
  }
  return columns.toSorted();
}

describe("a funnel reads", () => {
  it("only the partitions and the granules of its period, site and events", async () => {
    const of = async (input: object): Promise<{ parts: string; granules: string }> => {
      const text = await explain("indexes = 1", input);
      const events = text.slice(text.indexOf("events)"));
      const last = (name: string, section: string): string =>
        new RegExp(`${section}[^]*?${name}: (\\d+/\\d+)`).exec(events)?.[1] ?? "";
      return { parts: last("Parts", "Min-Max"), granules: last("Granules", "PrimaryKey") };
    };
    const input = { steps: ["a", "b"] };
    expect((await of(input)).granules).toBe("3/15");
    expect(await of({ ...input, from: "2026-02-01", to: "2026-02-28" })).toEqual({
      parts: "1/3",
      granules: "1/5",
    });
    expect((await of({ ...input, from: "2026-05-01" })).granules).toBe("0/0");
  });

  it("neither ids nor properties, unless it is asked for something that needs them", async () => {
    const plain = ["name", "occurred_at", "person_key"];
    expect(await columnsRead({ steps: ["a", "b"] })).toEqual(plain);
    expect(await columnsRead({ steps: ["a", "b"], by: "session" })).toEqual([
      "name",
      "occurred_at",
      "session_id",
    ]);
    expect(await columnsRead({ steps: ["a", "b"], order: "strict", exclude: ["c"] })).toEqual(
      plain,
    );
    expect(await columnsRead({ steps: ["a", "b"], order: "unordered" })).toEqual(plain);
    expect(await columnsRead({ steps: ["a", "a"] })).toEqual([...plain, "id"].toSorted());
    expect(await columnsRead({ steps: ["a", "b"], breakdown: "device" })).toEqual(
      [...plain, "device"].toSorted(),
    );
    expect(await columnsRead({ steps: ["a", "b"], goalValue: true })).toEqual(
      [...plain, "currency", "id", "value"].toSorted(),
    );
  });
});
