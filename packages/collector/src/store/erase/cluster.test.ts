import { afterAll, beforeAll, expect, it } from "vitest";
import { openBackend, type Backend } from "../testing/backend.js";
import {
  countRows,
  dropIds,
  fillIds,
  mutationsLeft,
  orderErasure,
  personTables,
  replacedParts,
  type Scope,
} from "./index.js";

const scope: Scope = {
  siteId: "shop",
  until: 1_750_000_000_000,
  now: 1_750_000_100_000,
  ids: "erasing_0123",
  cluster: { name: "eu-1", database: "balise", quorum: "auto" },
};

let backend: Backend;
beforeAll(async () => {
  backend = await openBackend();
});
afterAll(() => backend.close());

const COLUMNS = ["site_id", "user_id", "anonymous_id", "received_at"];

interface Statement {
  query: string;
  query_params?: Record<string, unknown>;
}

/** A client that keeps the statements and answers as a server of the cluster would. */
function recorder(): { client: Backend["client"]; statements: Statement[] } {
  const statements: Statement[] = [];
  const client = {
    command: async (statement: Statement) => void statements.push(statement),
    insert: async () => undefined,
    query: async ({ query, query_params }: Statement) => {
      statements.push({ query, ...(query_params && { query_params }) });
      const tables = query.includes("system.columns")
        ? [
            { table: "events_local", columns: COLUMNS },
            { table: "rejected_events_local", columns: ["site_id", "body", "message"] },
            { table: "identities_local", columns: [...COLUMNS.slice(0, 3), "linked_at"] },
          ]
        : [];
      return { json: async () => tables };
    },
  };
  // A recorder has the three methods that an erasure calls.
  return { client: client as unknown as Backend["client"], statements };
}

it("reaches every server of a cluster, by statements that ClickHouse's parser takes and that hold no id", async () => {
  const { client, statements } = recorder();
  await fillIds(client, scope, { userId: "ada" });
  for (const table of await personTables(client, scope.cluster)) {
    await countRows(client, table, scope);
    await orderErasure(client, table, scope);
  }
  await mutationsLeft(client, scope);
  await dropIds(client, scope);
  await replacedParts(client, ["events"], 1, scope.cluster);
  // Addresses of requests are logged, by ClickHouse and by what stands between.
  expect(JSON.stringify(statements)).not.toContain("ada");
  for (const statement of statements) {
    await backend.client.command({ ...statement, query: `EXPLAIN AST ${statement.query}` });
  }
  await expect(`${statements.map(({ query }) => query).join(";\n\n")};\n`).toMatchFileSnapshot(
    "__golden__/cluster.sql",
  );
});
