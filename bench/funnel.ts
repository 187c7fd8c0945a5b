/**
 * The whole funnel (identities, intervals, times) against the bare windowFunnel over the same table,
 * and against the shapes that other products give it, which must count the same people.
 */
import type { ClickHouseClient } from "@clickhouse/client";
import { buildFunnel } from "../packages/collector/dist/query/funnel/build.js";
import { funnelSchema } from "../packages/collector/dist/query/funnel/schema.js";
import { EVENTS, fillEvents, NAMES, PEOPLE } from "./funnel-data.js";
import { foldOverEvents, joinPerStep } from "./funnel-shapes.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const ROUNDS = 5;
const WINDOW = 7 * 86_400;

type Rows = { people?: number | string }[];

async function rowsOf(
  client: ClickHouseClient,
  sql: string,
  params: Record<string, unknown> = {},
): Promise<Rows> {
  const result = await client.query({ query: sql, query_params: params, format: "JSON" });
  return (await result.json<Rows[number]>()).data;
}

const run = (client: ClickHouseClient, sql: string): Promise<number> =>
  timed(() => rowsOf(client, sql));

function ask(client: ClickHouseClient, input: object): Promise<Rows> {
  const query = funnelSchema.parse({ windowSeconds: WINDOW, ...input });
  const { sql, params } = buildFunnel(query, "bench");
  return rowsOf(client, sql, params);
}

const funnel = (client: ClickHouseClient, input: object) => (): Promise<number> =>
  timed(() => ask(client, input));

/** The other shapes must give the funnel's own numbers. */
async function verify(client: ClickHouseClient, steps: readonly string[]): Promise<void> {
  const peopleOf = (rows: Rows): string => rows.map((row) => Number(row.people)).join(" ");
  const own = peopleOf(await ask(client, { steps }));
  for (const shape of [joinPerStep, foldOverEvents]) {
    const people = peopleOf(await rowsOf(client, shape(steps, WINDOW * 1000)));
    if (people !== own) throw new Error(`${shape.name} counts ${people}, the funnel ${own}`);
  }
  console.log(`${steps.length} steps, all shapes: ${own}`);
}

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
  for (const steps of [four, NAMES]) await verify(client, steps);
  console.log();
  const shapes = (steps: readonly string[]): Record<string, () => Promise<number>> => ({
    [`a JOIN for each step, ${steps.length} steps`]: () =>
      run(client, joinPerStep(steps, WINDOW * 1000)),
    [`a fold over events, ${steps.length} steps`]: () =>
      run(client, foldOverEvents(steps, WINDOW * 1000)),
  });
  const result: Record<string, number> = await compare(
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
      "funnel, 4 steps, strict": funnel(client, { steps: four, order: "strict" }),
      "funnel, 4 steps, in any order": funnel(client, { steps: four, order: "unordered" }),
      "funnel, 4 steps, one excluded": funnel(client, { steps: four, exclude: [NAMES[11]] }),
      ...shapes(four),
      "bare windowFunnel, 12 steps": bare(client, NAMES),
      "funnel, 12 steps": funnel(client, { steps: NAMES }),
      "funnel, 4 steps, two of them equal": funnel(client, {
        steps: [four[1], four[2], four[1], four[3]],
      }),
      ...shapes(NAMES),
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
      `${name.padEnd(44)} ${rounded(milliseconds).padStart(6)} ms  ${(milliseconds / (floor ?? Number.NaN)).toFixed(2).padStart(5)} ×`,
    );
  }
});
