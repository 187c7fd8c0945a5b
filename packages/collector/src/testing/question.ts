import { ask, type Answer } from "../query/ask.js";
import type { Asking } from "../query/query.js";
import { QUERIES } from "../query/registry.js";
import type { TestStore } from "./store.js";

export type Question = (name: string, input?: object, asking?: Partial<Asking>) => Promise<Answer>;

/** Asks the questions of a test store, small groups shown; `usual` is what each is asked with. */
export const asker =
  (store: () => TestStore, usual: object = {}): Question =>
  async (name, input = {}, asking = { minGroup: 1 }) => {
    const query = QUERIES.get(name);
    if (query === undefined) throw new Error(`no question ${name}`);
    return ask(store().client, query, { ...usual, ...input }, "default", asking);
  };

/** What ClickHouse says of how it answers, such as `indexes = 1`. */
export async function explained(
  { client }: TestStore,
  { meta }: Answer,
  kind: string,
): Promise<string> {
  const result = await client.query({
    query: `EXPLAIN ${kind} ${meta.sql}`,
    query_params: meta.params,
    format: "TabSeparatedRaw",
  });
  return result.text();
}
