/**
 * The funnel over events of which a share was sent twice and not merged yet, against the funnel over
 * the same events once. The copies came a day later, through another collector.
 */
import type { ClickHouseClient } from "@clickhouse/client";
import { buildFunnel } from "../packages/collector/dist/query/funnel/build.js";
import { funnelSchema } from "../packages/collector/dist/query/funnel/schema.js";
import { EVENTS, fillEvents, NAMES } from "./funnel-data.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const ROUNDS = 15;
const SHARES = [10, 50];

/** The events of the site `bench` once more as those of another site, then a share of them twice. */
async function fillSites(client: ClickHouseClient): Promise<void> {
  const copy = (table: string, percent: number, where = "", more = ""): Promise<unknown> =>
    client.command({
      query: `INSERT INTO ${table} SELECT * REPLACE ('twice ${percent}' AS site_id ${more})
              FROM (SELECT * FROM ${table} WHERE site_id = 'bench' ${where})`,
      clickhouse_settings: { max_execution_time: 0 },
    });
  for (const percent of SHARES) {
    await copy("events", percent);
    await copy("identities", percent);
  }
  await client.command({ query: "OPTIMIZE TABLE events FINAL" });
  await client.command({ query: "SYSTEM STOP MERGES events" });
  for (const percent of SHARES) {
    const some = `AND sipHash64(id) % 100 < ${percent}`;
    await copy("events", percent, some, ", received_at + INTERVAL 1 DAY AS received_at");
  }
}

const four = NAMES.slice(0, 4);
const QUESTIONS: Record<string, object> = {
  "4 steps": { steps: four },
  "4 steps, by session": { steps: four, by: "session" },
  "4 steps, by device": { steps: four, breakdown: "device" },
  "12 steps": { steps: NAMES },
  "4 steps, two of them equal": { steps: [four[1], four[2], four[1], four[3]] },
};

async function funnel(client: ClickHouseClient, input: object, site: string): Promise<unknown[]> {
  const query = funnelSchema.parse({ windowSeconds: 7 * 86_400, ...input });
  const { sql, params } = buildFunnel(query, site);
  const result = await client.query({ query: sql, query_params: params, format: "JSON" });
  return (await result.json()).data;
}

/** How many copies there are in truth. */
async function copiesOf(client: ClickHouseClient, site: string): Promise<number> {
  const result = await client.query({
    query: "SELECT count() / uniqExact(id) - 1 AS share FROM events WHERE site_id = {site:String}",
    query_params: { site },
    format: "JSONEachRow",
  });
  return Number((await result.json<{ share: number }>())[0]?.share);
}

printMachine();
await withStore(async (client) => {
  console.log(`filling ${rounded(EVENTS)} events, and as many twice over for each share of copies`);
  await fillEvents(client);
  await fillSites(client);
  for (const percent of SHARES) {
    const share = await copiesOf(client, `twice ${percent}`);
    console.log(`${percent} % asked, ${(share * 100).toFixed(1)} % copies not merged`);
  }
  for (const [name, input] of Object.entries(QUESTIONS)) {
    const expected = JSON.stringify(await funnel(client, input, "bench"));
    const sites = ["bench", ...SHARES.map((percent) => `twice ${percent}`)];
    for (const site of sites) {
      if (JSON.stringify(await funnel(client, input, site)) !== expected)
        throw new Error(`${name}: the copies of ${site} change the answer`);
    }
    const times = await compare(
      Object.fromEntries(
        sites.map((site) => [site, () => timed(() => funnel(client, input, site))]),
      ),
      ROUNDS,
    );
    const once = times["bench"] ?? Number.NaN;
    const ratios = SHARES.map((percent) => {
      const ratio = (times[`twice ${percent}`] ?? Number.NaN) / once;
      return `${percent} % copies ${ratio.toFixed(2)} ×`;
    });
    console.log(`${name.padEnd(28)} ${rounded(once).padStart(6)} ms  ${ratios.join("  ")}`);
  }
});
