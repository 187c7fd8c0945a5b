/** The candidates for the sort key of `events`: size on disk, funnels, and one person's history. */
import { fillEvents, NAMES } from "./funnel-data.js";
import { compare, printMachine, rounded, timed, withStore } from "./support.js";

const CANDIDATES = {
  "site, name, person, time (chosen)": "site_id, name, person_key, occurred_at, id",
  "site, day, name, person": "site_id, toDate(occurred_at), name, person_key, occurred_at, id",
  "site, time": "site_id, occurred_at, id",
  "site, person, time": "site_id, person_key, occurred_at, id",
} as const;
const ROUNDS = 3;

function funnel(steps: readonly string[]): string {
  const conditions = steps.map((step) => `name = '${step}'`).join(", ");
  const names = steps.map((step) => `'${step}'`).join(", ");
  return `SELECT level, count() FROM (
            SELECT person_key, windowFunnel(604800000)(toUInt64(toUnixTimestamp64Milli(occurred_at)), ${conditions}) AS level
            FROM candidate WHERE site_id = 'bench' AND name IN (${names}) GROUP BY person_key)
          GROUP BY level`;
}

const QUESTIONS = {
  "frequent names": funnel(NAMES.slice(0, 4)),
  "rare names": funnel(NAMES.slice(7, 10)),
  "a day's names":
    "SELECT name, count() FROM candidate WHERE site_id = 'bench' AND occurred_at >= '2026-01-10' AND occurred_at < '2026-01-11' GROUP BY name",
  "one person":
    "SELECT count() FROM candidate WHERE site_id = 'bench' AND person_key = (SELECT any(person_key) FROM candidate)",
};

printMachine();
await withStore(async (client) => {
  const ask = (query: string) => (): Promise<number> =>
    timed(async () => (await client.query({ query, format: "JSON" })).json());
  console.log(`| sort key | MiB | ${Object.keys(QUESTIONS).join(", ms | ")}, ms |`);
  console.log(
    `| --- | --- | ${Object.keys(QUESTIONS)
      .map(() => "---")
      .join(" | ")} |`,
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
    const questions = Object.entries(QUESTIONS).map(([what, sql]) => [what, ask(sql)] as const);
    const result = await compare(Object.fromEntries(questions), ROUNDS);
    const times = Object.values(result).map(rounded);
    console.log(`| ${name} | ${rounded(Number(n) / 1024 ** 2)} | ${times.join(" | ")} |`);
  }
});
