/** Every combination of options, compared with a brute-force search over random histories. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { oracleFunnel, type OracleStep } from "../../testing/funnel-oracle.js";
import {
  crowdOf,
  crowds,
  type FunnelStore,
  openFunnelStore,
  stepSets,
} from "../../testing/funnel-store.js";

let test: FunnelStore;

beforeAll(async () => {
  test = await openFunnelStore();
});
afterAll(async () => {
  await test.store.close();
});

const options = fc.record({
  crowd: crowds,
  steps: stepSets,
  by: fc.constantFrom("person", "session"),
  windowMilliseconds: fc.constantFrom(500, 1000, 2000, 4000, 6000),
  /** Which steps to make optional, where they may be. */
  optional: fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
  exclude: fc.array(
    fc.record({
      names: fc.constantFrom(["d"], ["d"], ["d"], ["b"], ["c", "d"]),
      between: fc.option(fc.tuple(fc.nat(3), fc.nat(3)), { nil: undefined, freq: 3 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
});

type Options = typeof options extends fc.Arbitrary<infer T> ? T : never;

interface Answers {
  sql: Record<string, unknown>[];
  brute: OracleStep[];
}

/** Asks both, after putting the exclusions between required steps that there are. */
async function answers(
  order: "ordered" | "strict" | "unordered",
  drawn: Options,
  use: { optional: boolean; exclude: boolean },
): Promise<Answers> {
  const { steps, windowMilliseconds, by } = drawn;
  const optional = use.optional
    ? steps.flatMap((_, step) => (step > 0 && drawn.optional[step] === true ? [step] : []))
    : [];
  const required = steps.map((_, step) => step).filter((step) => !optional.includes(step));
  const exclude = (use.exclude ? drawn.exclude : []).map(({ names, between }) => {
    const pairs = required.length - 1;
    if (between === undefined || order === "unordered" || pairs === 0) return { names };
    const from = between[0] % pairs;
    const to = from + 1 + (between[1] % (pairs - from));
    return { names, between: [required[from] ?? 0, required[to] ?? 0] as const };
  });
  const { rows, events } = crowdOf(drawn.crowd);
  const site = test.newSite();
  if (rows.length > 0) await test.insert(rows, site);
  const sql = await test.funnel(
    {
      steps: steps.map((event, step) =>
        optional.includes(step) ? { event, optional: true } : event,
      ),
      windowSeconds: windowMilliseconds / 1000,
      by,
      order,
      exclude: exclude.map(({ names, between }) => ({
        event: names,
        ...(between === undefined ? {} : { between: between.map((step) => step + 1) }),
      })),
    },
    site,
  );
  return {
    sql,
    brute: oracleFunnel(events, steps, windowMilliseconds, { order, optional, exclude }),
  };
}

it.each([
  ["ordered", {}, 60],
  ["ordered", { exclude: true }, 40],
  ["ordered", { optional: true }, 40],
  ["ordered", { exclude: true, optional: true }, 40],
  ["strict", {}, 40],
  ["strict", { exclude: true, optional: true }, 40],
  ["unordered", {}, 40],
  ["unordered", { exclude: true, optional: true }, 40],
] as const)(
  "%s steps with %o count and time as brute force does",
  async (order, use, numRuns) => {
    await fc.assert(
      fc.asyncProperty(options, async (drawn) => {
        const { sql, brute } = await answers(order, drawn, {
          optional: false,
          exclude: false,
          ...use,
        });
        expect(sql).toMatchObject(brute);
      }),
      { numRuns },
    );
  },
  300_000,
);
