/**
 * The funnel over events of which a share was sent twice and not merged yet, against the funnel over
 * the same events once. The copies came a day later, through another collector.
 */
import type { ClickHouseClient } from "@clickhouse/client";
import { buildFunnel } from "../packages/collector/dist/query/funnel/build.js";
import { funnelSchema } from "../packages/collector/dist/query/funnel/schema.js";
import { EVENTS, fillEvents, NAMES } from "./funnel-data.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const ROUNDS = 7;
const SHARES = [10, 50];

/** The events of the site `bench` once more, as those of another site, a share of them twice. */
async function fillSite(client: ClickHouseClient, percent: number): Promise<void> {
  const copy = (where: string, moment: string): Promise<unknown> =>
    client.command({
      query: `INSERT INTO events SELECT * REPLACE ('twice ${percent}' AS site_id, ${moment} AS received_at)
              FROM events WHERE site_id = 'bench' ${where}`,
      clickhouse_settings: { max_execution_time: 0, max_insert_threads: "1" },
    });
  await copy("", "received_at");
  await client.command({ query: "OPTIMIZE TABLE events FINAL" });
  await client.command({ query: "SYSTEM STOP MERGES events" });
  await copy(`AND sipHash64(id) % 100 < ${percent}`, "received_at + INTERVAL 1 DAY");
  await client.command({
    query: `INSERT INTO identities SELECT * REPLACE ('twice ${percent}' AS site_id) FROM identities WHERE site_id = 'bench'`,
  });
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

/** Which share of the rows were read: how many copies there are in truth. */
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
  for (const percent of SHARES) {
    await client.command({ query: "SYSTEM START MERGES events" });
    await fillSite(client, percent);
  }
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
