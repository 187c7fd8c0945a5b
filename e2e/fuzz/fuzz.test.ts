import { expect, test } from "vitest";
import { testFolder } from "../support/folder.js";
import { shortPlan } from "./plan.js";
import { reportOf } from "./report.js";
import { playRound } from "./round.js";

/** Others are played by `npm run fuzz`. */
const SEED = 1;

test("whatever is sent, the collector stands, answers from its table and keeps what is valid", async () => {
  const outcome = await playRound(shortPlan(SEED), testFolder(), () => undefined);
  expect(outcome.tally.failures === 0 ? "" : reportOf(outcome)).toBe("");
  expect(outcome.acknowledged).toBeGreaterThan(0);
}, 240_000);
