/** The candidates for the sort key of `events`: size on disk, a funnel, and one person's history. */
import { fillEvents, NAMES } from "./funnel-data.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const CANDIDATES = {
  "site, name, person, time (chosen)": "site_id, name, person_key, occurred_at, id",
  "site, day, name, person": "site_id, toDate(occurred_at), name, person_key, occurred_at, id",
  "site, time": "site_id, occurred_at, id",
  "site, person, time": "site_id, person_key, occurred_at, id",
} as const;
const ROUNDS = 3;

printMachine();
await withStore(async (client) => {
  console.log(
    "sort key                              MiB   funnel ms   a day's names ms   one person ms",
  );
  for (const [name, key] of Object.entries(CANDIDATES)) {
    await client.command({
      query: `CREATE OR REPLACE TABLE candidate AS events ENGINE = ReplacingMergeTree PARTITION BY toYYYYMM(occurred_at) ORDER BY (${key})`,
    });
    await fillEvents(client, "candidate");
    const size = await client.query({
      query:
        "SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND table = 'candidate'",
      format: "JSONEachRow",
    });
    const [{ n } = { n: "0" }] = await size.json<{ n: string }>();
    const steps = NAMES.slice(0, 4);
    const ask = (sql: string) => (): Promise<number> =>
      timed(async () => (await client.query({ query: sql, format: "JSON" })).json());
    const result = await compare(
      {
        funnel:
          ask(`SELECT level, count() FROM (SELECT person_key, windowFunnel(604800000)(toUInt64(toUnixTimestamp64Milli(occurred_at)), ${steps.map((step) => `name = '${step}'`).join(", ")}) AS level
                     FROM candidate WHERE site_id = 'bench' AND name IN (${steps.map((step) => `'${step}'`).join(", ")}) GROUP BY person_key) GROUP BY level`),
        day: ask(
          "SELECT name, count() FROM candidate WHERE site_id = 'bench' AND occurred_at >= '2026-01-10' AND occurred_at < '2026-01-11' GROUP BY name",
        ),
        person: ask(
          "SELECT count() FROM candidate WHERE site_id = 'bench' AND person_key = (SELECT any(person_key) FROM candidate)",
        ),
      },
      ROUNDS,
    );
    console.log(
      `${name.padEnd(34)} ${rounded(Number(n) / 1024 ** 2).padStart(7)} ${rounded(result.funnel).padStart(11)} ${rounded(result.day).padStart(18)} ${rounded(result.person).padStart(15)}`,
    );
  }
});
