import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { planFiles } from "./files.js";
import { parsePlan, PlanError, readPlan } from "./plan.js";
import { tagConfigOf } from "./tag-config.js";
import { surveyOf } from "./testing/survey.js";
import { unversioned } from "./versions.js";

const folder = mkdtempSync(join(tmpdir(), "balise-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

function faultsOf(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof PlanError) return error.faults;
    throw error;
  }
  return [];
}

describe("a plan that is wrong", () => {
  test("is told with the survey's id, the place and what stands there", () => {
    const survey = { ...surveyOf(), placement: "corner", cap: { times: 1, days: 9999 } };
    expect(faultsOf(() => parsePlan({ surveys: [survey] }))).toEqual([
      expect.stringMatching(/^surveys\[0\]\.placement \("checkout"\): .* \(got "corner"\)$/),
      expect.stringMatching(/^surveys\[0\]\.cap\.days \("checkout"\): .* \(got 9999\)$/),
    ]);
  });

  test("that is no JSON says where", () => {
    expect(faultsOf(() => readPlan("{surveys: []}"))).toEqual([
      expect.stringMatching(/^it is not JSON: .*position 1/),
    ]);
  });

  test("is never more than some lines, whatever stands in it", () => {
    const surveys = Array.from({ length: 150 }, () => ({ id: "\u202e".repeat(5000) }));
    const faults = faultsOf(() => parsePlan({ surveys }));
    expect(faults.length).toBeLessThanOrEqual(20);
    expect(Math.max(...faults.map((fault) => fault.length))).toBeLessThan(500);
    fc.assert(fc.property(fc.anything(), (value) => void faultsOf(() => parsePlan(value))));
  });
});

test("pages get what they need: no objective, no quota, nothing that is off; the advice fills the gaps", () => {
  const plan = parsePlan({
    surveys: [
      surveyOf({ quota: { displays: 5, per: "day" } }),
      surveyOf({ id: "off", on: false }),
      surveyOf({ id: "own", cap: { times: 2, days: 300 } }),
    ],
    fatigue: { quietDays: 60, perMetric: { nps: { times: 1, days: 180 } } },
  });
  const config = tagConfigOf(plan, new Set(["checkout"]));
  expect(config.surveys.map(({ id, cap, full }) => [id, cap, full])).toEqual([
    ["checkout", { times: 1, days: 90 }, true],
    ["own", { times: 2, days: 300 }, undefined],
  ]);
  expect(JSON.stringify(config)).not.toMatch(/objective|quota|Decide/);
  expect(config.fatigue).toMatchObject({ quietDays: 60, relationalDays: 90, perSession: 1 });
  expect(config.fatigue.perMetric).toMatchObject({
    nps: { times: 1, days: 180 },
    csat: { times: 1, days: 30 },
  });
});

describe("a change of what is asked needs a higher version", () => {
  const { fr = { questions: {} }, en = { questions: {} } } = surveyOf().texts;
  const of = (after: Parameters<typeof surveyOf>[0]): string[] =>
    unversioned({ surveys: [surveyOf()] }, { surveys: [surveyOf(after), surveyOf({ id: "new" })] });

  test("of words, languages, questions and kind", () => {
    const words = { questions: { score: { ask: "How was it?" } } };
    expect(of({ texts: { fr, en: words } })).toEqual(["checkout"]);
    expect(of({ texts: { fr } })).toEqual(["checkout"]);
    expect(of({ kind: "relational" })).toEqual(["checkout"]);
    expect(of({ texts: { fr, en: words }, version: 2 })).toEqual([]);
  });

  test("but not of when and of whom it is asked, nor of the order in which keys are written", () => {
    expect(of({ triggers: [{ moment: "exit" }], placement: "modal", on: false })).toEqual([]);
    expect(of({ texts: { en, fr } })).toEqual([]);
  });
});

describe("files", () => {
  const path = join(folder, "surveys.json");
  const site = (id: string, surveys?: string) => ({
    id,
    writeKey: "w",
    secretKey: "s",
    readKey: "r",
    origins: [],
    surveys,
  });

  test("are those of BALISE_SURVEYS, or of each site that names one", () => {
    writeFileSync(path, JSON.stringify({ surveys: [surveyOf()] }));
    const single = { BALISE_SITES: undefined, BALISE_SURVEYS: path };
    expect(planFiles(single, [site("default")]).get("default")?.surveys).toHaveLength(1);
    const several = { BALISE_SITES: "sites.json", BALISE_SURVEYS: undefined };
    expect([...planFiles(several, [site("a"), site("b", path)]).keys()]).toEqual(["b"]);
    expect(planFiles({ ...single, BALISE_SURVEYS: undefined }, [site("default")]).size).toBe(0);
  });

  test("that are wrong or not there stop the start with what to do", () => {
    const read = (file: string) => () =>
      planFiles({ BALISE_SITES: undefined, BALISE_SURVEYS: file }, [site("default")]);
    writeFileSync(path, JSON.stringify({ surveys: [{ ...surveyOf(), version: -1 }] }));
    expect(read(path)).toThrow(/surveys\.json is no plan of surveys:\n {2}surveys\[0\]\.version/);
    expect(read(join(folder, "none.json"))).toThrow(/there is no such file/);
  });
});
