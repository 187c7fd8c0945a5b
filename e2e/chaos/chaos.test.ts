import { expect, test } from "vitest";
import { testFolder } from "../support/folder.js";
import { shortPlan } from "./plan.js";
import { reportOf } from "./report.js";
import { playRound } from "./round.js";

/** Other seeds are played by `npm run chaos`. */
const SEED = 5;

test.each(["embedded", "server"] as const)(
  "whatever fails, all that was acknowledged is stored once and nothing else (%s)",
  async (topology) => {
    const outcome = await playRound(shortPlan(topology, SEED), testFolder());
    expect(outcome.complaints.length === 0 ? "" : reportOf(outcome)).toBe("");
    expect(outcome.acknowledged).toBeGreaterThan(0);
  },
  240_000,
);
