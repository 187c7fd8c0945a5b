import type { ClickHouseClient } from "@clickhouse/client";
import { ask, type Answer } from "../query/ask.js";
import type { Asking } from "../query/query.js";
import { QUERIES } from "../query/registry.js";

interface Store {
  client: ClickHouseClient;
}

/** Asks a question by its name. */
export async function askStore(
  { client }: Store,
  name: string,
  input: object = {},
  asking: Partial<Asking> = {},
  site = "default",
): Promise<Answer> {
  const query = QUERIES.get(name);
  if (query === undefined) throw new Error(`no question ${name}`);
  return ask(client, query, input, site, asking);
}

export type Question = (name: string, input?: object, asking?: Partial<Asking>) => Promise<Answer>;

/** Asks the questions of a test store, small groups shown; `usual` is what each is asked with. */
export const asker =
  (store: () => Store, usual: object = {}): Question =>
  (name, input = {}, asking = { minGroup: 1 }) =>
    askStore(store(), name, { ...usual, ...input }, asking);

/** What ClickHouse says of how it answers, such as `indexes = 1`. */
export async function explained(
  { client }: Store,
  { sql, params }: Pick<Answer["meta"], "sql" | "params">,
  kind: string,
): Promise<string> {
  const result = await client.query({
    query: `EXPLAIN ${kind} ${sql}`,
    query_params: params,
    format: "TabSeparatedRaw",
  });
  return result.text();
}
