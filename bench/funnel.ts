/** The whole funnel (identities, intervals, times) against the bare windowFunnel over the same table. */
import type { ClickHouseClient } from "@clickhouse/client";
import { buildFunnel } from "../packages/collector/dist/query/funnel/build.js";
import { funnelSchema } from "../packages/collector/dist/query/funnel/schema.js";
import { EVENTS, fillEvents, NAMES, PEOPLE } from "./funnel-data.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const ROUNDS = 5;
const WINDOW = 7 * 86_400;

async function run(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown> = {},
): Promise<number> {
  return timed(async () => {
    const result = await client.query({ query: sql, query_params: params, format: "JSON" });
    await result.json();
  });
}

const funnel = (client: ClickHouseClient, input: object) => async (): Promise<number> => {
  const { sql, params } = buildFunnel(
    funnelSchema.parse({ windowSeconds: WINDOW, ...input }),
    "bench",
  );
  return run(client, sql, params);
};

const bare = (client: ClickHouseClient, steps: readonly string[]) => async (): Promise<number> => {
  const conditions = steps.map((name) => `name = '${name}'`).join(", ");
  return run(
    client,
    `SELECT level, count() FROM (
       SELECT person_key, windowFunnel(${WINDOW * 1000})(toUInt64(toUnixTimestamp64Milli(occurred_at)), ${conditions}) AS level
       FROM events WHERE site_id = 'bench' AND name IN (${steps.map((name) => `'${name}'`).join(", ")}) GROUP BY person_key)
     GROUP BY level ORDER BY level`,
  );
};

printMachine();
await withStore(async (client) => {
  console.log(`filling ${rounded(EVENTS)} events of ${rounded(PEOPLE)} people`);
  await fillEvents(client);
  const four = NAMES.slice(0, 4);
  const result = await compare(
    {
      "bare windowFunnel, 4 steps": bare(client, four),
      "funnel, 4 steps": funnel(client, { steps: four }),
      "funnel, 4 steps, by session": funnel(client, { steps: four, by: "session" }),
      "funnel, 4 steps, by device": funnel(client, { steps: four, breakdown: "device" }),
      "funnel, 4 steps, a condition on a property": funnel(client, {
        steps: [
          { event: four[0], where: [{ property: "plan", op: "=", value: "a" }] },
          ...four.slice(1),
        ],
      }),
      "bare windowFunnel, 12 steps": bare(client, NAMES),
      "funnel, 12 steps": funnel(client, { steps: NAMES }),
      "funnel, 4 steps, two of them equal": funnel(client, {
        steps: [four[1], four[2], four[1], four[3]],
      }),
    },
    ROUNDS,
  );
  const floors = {
    4: result["bare windowFunnel, 4 steps"],
    12: result["bare windowFunnel, 12 steps"],
  };
  for (const [name, milliseconds] of Object.entries(result)) {
    const floor = name.includes("12") ? floors[12] : floors[4];
    console.log(
      `${name.padEnd(44)} ${rounded(milliseconds).padStart(6)} ms  ${(milliseconds / floor).toFixed(2).padStart(5)} ×`,
    );
  }
});
