/** The README is a promise: its numbers are compared with the code, its examples are run. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LIMITS } from "@balise/schema";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSettings } from "../packages/collector/dist/config.js";
import { sizes } from "../packages/sdk/scripts/size.mjs";
import { type Collector, startCollector } from "./support/collector.js";
import { type FunnelRow, peopleOf, sql } from "./support/ask.js";
import { makeFolder } from "./support/folder.js";
import { balise } from "./support/run.js";

const ROOT = join(import.meta.dirname, "..");
const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const manifest = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  scripts: Record<string, string>;
};

/** The rows of the table under a heading, as cells. */
function table(heading: string): string[][] {
  const section = readme.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|") && !line.startsWith("| ---"))
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

const numbersOf = (text: string): string[] => text.match(/\d+(?:[.,]\d+)*/g) ?? [];

/** The code blocks of a language. */
const blocks = (language: string): string[] =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, "gs"))].map(
    (match) => match[1] ?? "",
  );

describe("the README's numbers", () => {
  it("give the sizes of the tag as built", async () => {
    const built = Object.entries(await sizes(join(ROOT, "packages/sdk/dist"))).map(
      ([line, { bytes }]) => `| \`${line}\` | ${bytes.toLocaleString("en-US")} |`,
    );
    const told = /<!-- sizes: .* -->([^]*?)<!-- end of sizes -->/.exec(readme)?.[1]?.split("\n");
    expect(told?.filter((row) => row.startsWith("| `"))).toEqual(built);
  });

  it("are those that the benchmarks printed", () => {
    const rows = table("Numbers")
      .map(([, result = "", command = ""]) => {
        const name = /npm run bench:([\w-]+)/.exec(command)?.[1];
        return { name, told: numbersOf(result.replace(/\]\(.*?\)/g, "]")) };
      })
      .filter(({ name, told }) => name !== undefined && told.length > 0);
    expect(rows.length).toBeGreaterThan(4);
    for (const { name, told } of rows) {
      const printed = numbersOf(readFileSync(join(ROOT, "bench/results", `${name}.txt`), "utf8"));
      expect([name, told.filter((number) => !printed.includes(number))]).toEqual([name, []]);
    }
  });

  it("are in tables that the benchmarks wrote", () => {
    const tables = [
      ...readme.matchAll(/<!-- ([\w-]+): npm run bench:([\w-]+) .*?-->(.*?)<!-- end of \1 -->/gs),
    ].filter(([, , , told = ""]) => numbersOf(told).length > 0);
    expect(tables.map(([, name]) => name)).toContain("tags");
    for (const [, , name, told = ""] of tables) {
      const printed = numbersOf(readFileSync(join(ROOT, "bench/results", `${name}.txt`), "utf8"));
      expect([name, numbersOf(told).filter((number) => !printed.includes(number))]).toEqual([
        name,
        [],
      ]);
    }
  });

  it("name every setting with its default", () => {
    const defaults = readSettings({}, "/nowhere.json") as Record<
      string,
      string | number | string[] | undefined
    >;
    const told = table("Settings").slice(1);
    for (const [name = "", value] of told) {
      expect([name, value]).toEqual([name, defaults[name]?.toString() || "–"]);
    }
    const refused = (): unknown => readSettings({ BALISE_NONSENSE: "1" }, "/nowhere.json");
    const all = /the settings are (.*)$/.exec(String(expectError(refused)))?.[1]?.split(", ");
    expect(new Set(told.map(([name]) => name))).toEqual(new Set(all));
  });

  it("state the limits that the code keeps", () => {
    const KiB = 1024;
    expect(Object.fromEntries(table("Limits").slice(1))).toEqual({
      "body of a batch on the wire": `${LIMITS.batchWireBytes / KiB ** 2} MiB`,
      "body of a batch decompressed": `${LIMITS.batchBytes / KiB ** 2} MiB`,
      "events in a batch": LIMITS.batchEvents.toLocaleString("en"),
      "one event of an import": `${LIMITS.eventBytes / KiB} KiB`,
      "properties of an event": `${LIMITS.propertiesBytes / KiB} KiB, ${LIMITS.propertyKeys} keys, ${LIMITS.propertiesDepth} levels`,
      "name of an event": `${LIMITS.nameCharacters} characters, none of them control characters`,
      "user and account ids": `${LIMITS.identifierCharacters} characters`,
      "moment of an event": `from the year ${new Date(LIMITS.earliestTime).getUTCFullYear()} to now`,
      "events of a tracking plan": String(LIMITS.planEvents),
      "steps of a funnel": "20",
    });
  });

  it("are all filled in", () => {
    for (const file of ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]) {
      expect(readFileSync(join(ROOT, file), "utf8")).not.toMatch(/RATIO_|SIZE_|_TABLE/);
    }
  });

  it("come from commands that exist", () => {
    const commands = [...readme.matchAll(/npm run ([\w:-]+)/g)].map((match) => match[1] ?? "");
    expect(commands.length).toBeGreaterThan(3);
    for (const command of [...commands, "start", "test"])
      expect(manifest.scripts).toHaveProperty(command);
  });
});

it("SECURITY.md names files that there are", () => {
  const rows = readFileSync(join(ROOT, "SECURITY.md"), "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.includes(".test.ts"));
  expect(rows.length).toBeGreaterThan(15);
  for (const row of rows) {
    for (const [, file = ""] of row
      .split("|")
      .slice(3)
      .join("|")
      .matchAll(/`([^`]+)`/g)) {
      const inside = /^(e2e|packages|scripts)\//.test(file) ? "." : "packages/collector/src";
      expect([file, existsSync(join(ROOT, inside, file))]).toEqual([file, true]);
    }
  }
});

describe("the README's examples", () => {
  let collector: Collector;
  const folder = makeFolder();

  beforeAll(async () => {
    // The file of the example has two customers.
    collector = await startCollector(folder.path, { BALISE_MIN_GROUP: "1" });
    writeFileSync(
      join(folder.path, "visits.csv"),
      "event,customer,time,platform\npage_view,c1,2026-03-01 10:00:00,web\nproduct_viewed,c1,2026-03-01 10:00:05,web\norder_completed,c1,2026-03-02,web\npage_view,c2,2026-03-01,ios\n",
    );
  });
  afterAll(async () => {
    await collector.end("SIGTERM");
    folder.remove();
  });

  /** The words of the example's command, `npx balise` left out. */
  const words = (command: string): string[] =>
    [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? "").slice(2);

  it("import a file, and ask the same funnel on the command line, in SQL and over HTTP", async () => {
    const shell = blocks("sh");
    const imported = shell.find((block) => block.startsWith("npx balise import")) ?? "";
    const run = (args: readonly string[]): ReturnType<typeof balise> =>
      balise([...args, "--url", collector.url], {}, folder.path);
    for (let times = 0; times < 2; times++) {
      expect(await run([...words(imported), "--key", collector.keys.secretKey])).toMatchObject({
        code: 0,
      });
    }

    const [statement = ""] = blocks("sql");
    const inSql = async (): Promise<number[]> =>
      peopleOf(await sql<FunnelRow>(collector, statement)).map(Number);
    await expect.poll(inSql, { timeout: 20_000 }).toEqual([2, 1, 1]);

    const [, inCurl = ""] = /-d "(SELECT.*)"/.exec(readme) ?? [];
    expect(peopleOf(await sql<FunnelRow>(collector, inCurl)).map(Number)).toEqual([2, 1]);

    const asked = words(shell.find((block) => block.startsWith("npx balise funnel")) ?? "");
    const onCommandLine = await run([...asked, "--key", collector.keys.readKey, "--json"]);
    expect(onCommandLine).toMatchObject({ code: 0 });
    expect(peopleOf(JSON.parse(onCommandLine.stdout) as FunnelRow[])).toEqual([2, 1, 1]);

    const query = words(shell.find((block) => block.startsWith("npx balise query")) ?? "");
    const days = await run([...query, "--key", collector.keys.readKey, "--json"]);
    expect(days).toMatchObject({ code: 0 });
    expect(JSON.parse(days.stdout)).toMatchObject([
      { name: "page_view", people: 2, peopleOther: null },
      { name: "order_completed", people: 1 },
      { name: "product_viewed", people: 1 },
    ]);
    const views = blocks("sql").filter((block) => block.includes("sessions_summary"));
    expect(await sql(collector, views[0] ?? "")).toHaveLength(1);

    const body =
      /-d '(.*)'/s.exec(shell.find((block) => block.includes("/v1/query/funnel")) ?? "")?.[1] ?? "";
    const response = await fetch(`${collector.url}/v1/query/funnel`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${collector.keys.readKey}`,
        "content-type": "application/json",
      },
      body,
    });
    const answer = (await response.json()) as { rows: FunnelRow[] };
    expect(answer.rows.map((row) => [row.name, row.people])).toEqual([
      ["page_view", 2],
      ["cart_added | wishlist_added", 0],
      ["order_completed", 0],
    ]);
  });

  it("can be watched: each metric of the table is there, with its labels, and no other", async () => {
    const metrics = await (await fetch(`${collector.url}/metrics`)).text();
    const names = [...metrics.matchAll(/^# TYPE (balise_\w+) /gm)].map(([, name = ""]) => {
      const [, labels = ""] = new RegExp(`^${name}\\{(.*)\\} `, "m").exec(metrics) ?? [];
      const keys = [...labels.matchAll(/(\w+)=/g)].map(([, label]) => label);
      return keys.length === 0 ? name : `${name}{${keys.join()}}`;
    });
    const told = table("Watch it").slice(1);
    expect(told.map(([name]) => name)).toHaveLength(names.length);
    expect(new Set(told.map(([name]) => name))).toEqual(new Set(names));
  });

  it("load the tag from where the script tag says", async () => {
    const [tag = ""] = blocks("html");
    const path = /src="http:\/\/127\.0\.0\.1:8787(\/[^"]+)"/.exec(tag)?.[1] ?? "";
    const script = await fetch(collector.url + path);
    expect(script.headers.get("content-type")).toContain("javascript");
  });
});

function expectError(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
