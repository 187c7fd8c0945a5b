/**
 * Every folder of e2e/golden: events in, a question, the answer computed by hand. Each is a site of its
 * own, and each event is sent twice: copies change no answer, merged or not.
 */
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { until } from "../packages/collector/dist/testing/until.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeFolder } from "./support/folder.js";

const FOLDER = join(import.meta.dirname, "golden");

const querySchema = z.strictObject({
  question: z.string(),
  why: z.string(),
  parameters: z.record(z.string(), z.unknown()),
});
const expectedSchema = z.array(z.record(z.string(), z.json())).min(1);
const answerSchema = z.object({
  rows: z.array(z.record(z.string(), z.json())),
  meta: z.object({ columns: z.array(z.object({ name: z.string() })) }),
});
const readySchema = z.object({ spool: z.object({ bytes: z.number() }) });

const readJson = (name: string, file: string): unknown =>
  JSON.parse(readFileSync(join(FOLDER, name, file), "utf8"));

const cases = readdirSync(FOLDER, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, ...querySchema.parse(readJson(name, "query.json")) }));

const keyOf = (kind: "write" | "secret" | "read", name: string): string => `${kind}-key-of-${name}`;

const folder = makeFolder();
let collector: Collector;

beforeAll(async () => {
  const sites = join(folder.path, "sites.json");
  writeFileSync(
    sites,
    JSON.stringify(
      cases.map(({ name }) => ({
        id: name,
        writeKey: keyOf("write", name),
        secretKey: keyOf("secret", name),
        readKey: keyOf("read", name),
        origins: [],
      })),
    ),
  );
  // A case is small enough to be computed by hand.
  collector = await startCollector(folder.path, {
    BALISE_SITES: sites,
    BALISE_MIN_GROUP: "1",
    BALISE_PLAN: join(FOLDER, "balise.plan.json"),
  });
  for (const { name } of [...cases, ...cases]) await importEvents(name);
  await until(async () => {
    const ready = await fetch(`${collector.url}/v1/health/ready`);
    return readySchema.parse(await ready.json()).spool.bytes === 0;
  }, 30_000);
});
afterAll(async () => {
  await collector.end("SIGTERM");
  folder.remove();
});

async function importEvents(name: string): Promise<void> {
  const response = await fetch(`${collector.url}/v1/import`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${keyOf("secret", name)}`,
      "content-type": "application/x-ndjson",
    },
    body: readFileSync(join(FOLDER, name, "events.ndjson")),
  });
  expect([name, response.status, await response.json()]).toMatchObject([
    name,
    202,
    { rejected: [] },
  ]);
}

/** Whole numbers are counts and must be exact; others were rounded by hand. */
function rounded(value: z.core.util.JSONType): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? expect.closeTo(value, 6) : value;
}

describe("the golden case", () => {
  it.each(cases)("$name: $why", async ({ name, question, parameters }) => {
    const expected = expectedSchema.parse(readJson(name, "expected.json"));
    const response = await fetch(`${collector.url}/v1/query/${question}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${keyOf("read", name)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(parameters),
    });
    expect([response.status, await response.clone().text()]).toEqual([200, expect.anything()]);
    const { rows, meta } = answerSchema.parse(await response.json());
    expect(rows.map((row) => Object.keys(row))).toEqual(
      rows.map(() => meta.columns.map((column) => column.name)),
    );
    // A case names the columns that it is about.
    expect(rows).toEqual(
      expected.map((row) =>
        expect.objectContaining(
          Object.fromEntries(
            Object.entries(row).map(([column, value]) => [column, rounded(value)]),
          ),
        ),
      ),
    );
  });
});

it("there is a golden case for every question", async () => {
  const [first] = cases;
  const response = await fetch(`${collector.url}/v1/query`, {
    headers: { authorization: `Bearer ${keyOf("read", first?.name ?? "")}` },
  });
  const listSchema = z.object({ queries: z.array(z.object({ name: z.string() })) });
  const asked = new Set(cases.map(({ question }) => question));
  const listed = listSchema.parse(await response.json()).queries.map(({ name }) => name);
  expect(listed.filter((name) => !asked.has(name))).toEqual([]);
});
