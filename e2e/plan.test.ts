/** The tracking plan on the command line, beside a collector that holds events against it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { accepted, postBatch } from "./support/ask.js";
import { type Collector, startCollector } from "./support/collector.js";
import { makeEvent } from "./support/events.js";
import { makeFolder } from "./support/folder.js";
import { balise, type Ended } from "./support/run.js";

const PLAN = `import type { Plan } from "@balise/schema";

export default {
  events: {
    signed_up: { goal: true, owner: "growth", purpose: "subscriptions", properties: { plan: "string" } },
    renewed: {},
  },
} satisfies Plan;
`;

const folder = makeFolder();
let collector: Collector;

beforeAll(async () => {
  const path = join(folder.path, "balise.plan.ts");
  writeFileSync(path, PLAN);
  collector = await startCollector(folder.path, { BALISE_PLAN: path });
  await accepted(collector, [
    makeEvent({ name: "signed_up", properties: { plan: "solo" } }),
    makeEvent({ name: "signed_up", properties: { plan: 7 } }),
    makeEvent({ name: "page_view" }),
  ]);
}, 60_000);

afterAll(async () => {
  await collector?.end("SIGTERM");
  folder.remove();
});

function plan(...args: string[]): Promise<Ended> {
  const settings = { BALISE_READ_KEY: collector.keys.readKey };
  return balise(["plan", ...args, "--url", collector.url], settings, folder.path);
}

test("check tells what is not as planned, and ends with 2", async () => {
  const states = async (): Promise<unknown[]> => {
    const { code, stdout } = await plan("check", "--json");
    expect(code).toBe(2);
    return (JSON.parse(stdout) as Record<string, unknown>[]).map(
      ({ event, state, events, violation }) => [event, state, events, violation],
    );
  };
  await expect.poll(states, { timeout: 20_000, interval: 200 }).toEqual([
    ["renewed", "never_seen", 0, ""],
    ["signed_up", "seen", 2, "wrong_type:plan"],
    ["page_view", "ready_made", 1, ""],
  ]);
  expect((await plan("check")).stdout).toContain("wrong_type:plan");
});

test("types writes the event map, infer a plan of what has arrived", async () => {
  expect(await plan("types", "--out", "events.ts")).toMatchObject({ code: 0, stdout: "" });
  expect(readFileSync(join(folder.path, "events.ts"), "utf8")).toContain(
    "  /** A goal. */\n  signed_up: {\n    plan: string;\n  };\n  renewed: undefined;\n",
  );
  const { stdout } = await plan("infer");
  expect(JSON.parse(stdout)).toEqual({ events: { page_view: {}, signed_up: {} } });
});

test("the doctor knows the plan; an action or a file that is none is named in one line", async () => {
  const settings = { BALISE_PLAN: "balise.plan.ts" };
  const { stdout } = await balise(["doctor"], settings, folder.path);
  expect(stdout).toContain("2 events, 1 goals; what breaks it is marked");
  expect(await plan("draw")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('"draw" is not one of types, infer, check'),
  });
  const missing = await plan("types", "--plan", "none.json");
  expect(missing.stderr).toContain("there is no tracking plan none.json: check the path");
});

test("a collector whose plan is enforced refuses what breaks it, with what it wants", async () => {
  const other = makeFolder();
  const path = join(other.path, "plan.json");
  writeFileSync(path, JSON.stringify({ enforce: true, events: { renewed: {} } }));
  const strict = await startCollector(other.path, { BALISE_PLAN: path });
  try {
    const events = [makeEvent({ name: "renewd" }), makeEvent({ name: "renewed" })];
    expect(await (await postBatch(strict, events)).json()).toMatchObject({
      accepted: 1,
      rejected: [
        {
          index: 0,
          code: "plan_violation",
          message: expect.stringContaining('"renewd" is not in the plan'),
        },
      ],
    });
  } finally {
    await strict.end("SIGTERM");
    other.remove();
  }
});
