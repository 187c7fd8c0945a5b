import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseFact } from "@balise/schema";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { StartError } from "../config.js";
import { readTargets } from "../query/targets-file.js";
import { readRules } from "./file.js";

const folder = mkdtempSync(join(tmpdir(), "balise-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const rule = {
  name: "bounces",
  question: "sessions_summary",
  measure: "bounceRate",
  direction: "up",
  window: "1d",
  baseline: "28d",
};

const PATH = join(folder, "balise.alerts.json");
const read = (content: unknown): ReturnType<typeof readRules> => {
  writeFileSync(PATH, typeof content === "string" ? content : JSON.stringify(content));
  return readRules(PATH);
};

it("fills in what a rule leaves out, durations as milliseconds", async () => {
  expect(await read({ rules: [rule] })).toMatchObject([
    {
      window: 86_400_000,
      baseline: 28 * 86_400_000,
      lag: 0,
      delay: 600_000,
      minimum: 100,
      by: 0,
      confidence: 0.99,
      coolDown: 86_400_000,
      parameters: {},
      kind: "share",
      column: {
        column: { name: "bounceRate" },
        low: "bounceLow",
        high: "bounceHigh",
        n: "sessions",
      },
    },
  ]);
});

it.each([
  [{ window: "1 day" }, 'rules[0].window: "1 day" is no duration from 60 seconds to 400 days'],
  [{ window: "0d" }, 'rules[0].window: "0d" is no duration'],
  [{ baseline: "401d" }, 'rules[0].baseline: "401d" is no duration'],
  [{ direction: "sideways" }, 'rules[0].direction: Invalid option: expected one of "up"'],
  [{ confidence: 1 }, "rules[0].confidence: Too big"],
  [{ minimum: 0.5 }, "rules[0].minimum: "],
  [{ minimun: 5 }, 'rules[0]: Unrecognized key: "minimun"'],
  [{ question: "session_summary" }, 'rules[0].question: "session_summary" is no question'],
  [{ question: "live_events" }, 'rules[0].question: "live_events" is not asked of two periods'],
  [{ measure: "bounces_rate" }, 'rules[0].measure: "bounces_rate" is no measure of'],
  [{ measure: "medianSeconds" }, "rules[0].measure: medianSeconds is not a count, nor a share"],
  [{ parameters: { to: "2026-01-01" } }, "rules[0].parameters.to: is not given here"],
  [{ parameters: { filters: [{}] } }, "rules[0].parameters.filters"],
  [
    { row: { step: 2 } },
    'rules[0].row.step: rows of sessions_summary are not told apart by "step"',
  ],
])("refuses %j, naming the place, its value and what is allowed", async (change, message) => {
  const failure = await read({ rules: [{ ...rule, ...change }] }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartError);
  expect(String(failure)).toContain(`${PATH}: ${message}`);
});

it("refuses two rules of one name, none at all, and what is no such file", async () => {
  await expect(read({ rules: [rule, rule] })).rejects.toThrow(
    'rules[1].name: "bounces" is the name of two rules',
  );
  await expect(read({ rules: [] })).rejects.toThrow("rules: ");
  await expect(read("{")).rejects.toThrow("balise.alerts.json is not JSON");
  await expect(read([])).rejects.toThrow("expected object");
  await expect(readRules(join(folder, "none.json"))).rejects.toThrow("there is no file");
});

it("takes any JSON or refuses it in words", async () => {
  const part = fc.oneof(fc.jsonValue(), fc.constantFrom("1d", "sessions_summary", "up", 5));
  const changed = fc.dictionary(fc.constantFrom(...Object.keys(rule), "row", "by"), part);
  await fc.assert(
    fc.asyncProperty(changed, async (change) => {
      const outcome = await read({ rules: [{ ...rule, ...change }] }).catch(
        (error: unknown) => error,
      );
      expect(Array.isArray(outcome) || outcome instanceof StartError).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it("targets are read from a file, and refused in the same way", async () => {
  const path = join(folder, "balise.targets.json");
  const put = (target: object): void => writeFileSync(path, JSON.stringify({ targets: [target] }));
  const { question, measure } = rule;
  const target = { name: "Few bounces", question, measure, target: 0.4, better: "lower" };
  put(target);
  expect(await readTargets(path)).toEqual([{ ...target, parameters: {} }]);
  put({ ...target, better: "less" });
  await expect(readTargets(path)).rejects.toThrow("targets[0].better: ");
  put({ ...target, measure: "bounced" });
  await expect(readTargets(path)).rejects.toThrow(
    `${path}: targets[0].measure: "bounced" is no measure of sessions_summary`,
  );
});

it("the README's rules, targets and annotation are taken", async () => {
  const readme = readFileSync(new URL("../../../../README.md", import.meta.url), "utf8");
  const told = [...readme.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = ""]) => json);
  const [rules = ""] = told.filter((json) => json.includes('"rules"'));
  expect(await read(rules)).toMatchObject([{ kind: "share" }]);
  const path = join(folder, "readme.json");
  writeFileSync(path, told.find((json) => json.includes('"targets"')) ?? "");
  expect(await readTargets(path)).toHaveLength(1);
  const annotation = told.find((json) => json.includes('"annotation"')) ?? "";
  expect(parseFact(JSON.parse(annotation))).toMatchObject({ ok: true, unknownFields: 0 });
});
