/** What all questions about a table share is taken by each of them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { openTestStore, type TestStore } from "../testing/store.js";
import { ask } from "./ask.js";
import { fieldNameOf, fieldsOf, TABLES } from "./fields.js";
import { QUERIES } from "./registry.js";

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

const PERIOD = { from: "2026-01-01", to: "2026-01-31" };

describe("ClickHouse takes", () => {
  const grouped = [...QUERIES.values()].filter(({ fields }) => fields !== null);

  it.each(grouped.map((query) => [query.name, query] as const))(
    "%s filtered, broken down and compared",
    async (_name, query) => {
      // Parts of a period are compared within it alone.
      const parts = ["hour", "day", "week", "month"];
      const field = query.fields?.find((name) => !parts.includes(name)) ?? "";
      const filters = [{ property: field, op: "exists" }];
      const shared = { ...PERIOD, filters, breakdown: field, compare: "previous" };
      // What is looked at rather than counted has no groups.
      const { properties = {} } = z.toJSONSchema(query.parameters, {
        io: "input",
        unrepresentable: "any",
      });
      const taken = Object.entries(shared).filter(([name]) => name in properties);
      const asked = { ...query.example, ...Object.fromEntries(taken) };
      const answer = await ask(store.client, query, asked, "site", { minGroup: 5 });
      const columns = answer.meta.columns.map(({ name }) => name);
      expect(columns.includes("group")).toBe("breakdown" in properties);
    },
  );
});

it.each(TABLES)("each field that is listed of %s may be named", (table) => {
  const names = fieldsOf(table).map((name) => name.replace("*", "plan"));
  for (const name of names) expect(fieldNameOf(table).safeParse(name).success).toBe(true);
});
