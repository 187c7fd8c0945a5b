/**
 * npm run chaos: the long form. `-- --seed 7` plays the same faults in the same order again,
 * `--rounds 1` only the first round, `--topology server` (or embedded) only rounds of that kind.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { longPlan, type Topology } from "./plan.js";
import { reportOf } from "./report.js";
import type { Progress } from "./play.js";
import { type Outcome, playRound } from "./round.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    rounds: { type: "string", default: "4" },
    topology: { type: "string" },
  },
});
const TOLD_EVERY = 10;

/** Stopped by hand, a round still ends its processes and gives its mounts back. */
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

const seed = Number(values.seed);
const rounds = Number(values.rounds);
const startedAt = Date.now();
console.log(`chaos: ${rounds} rounds from seed ${seed}`);

const outcomes: Outcome[] = [];
for (let round = 0; round < rounds; round++) {
  const topology = (values.topology ?? (round % 2 === 0 ? "server" : "embedded")) as Topology;
  const plan = longPlan(topology, seed + round);
  const folder = mkdtempSync(join(tmpdir(), "balise-chaos-"));
  let told = 0;
  const tell = (progress: Progress): void => {
    if (told++ % TOLD_EVERY === 0)
      console.log(`${clock()}  ${topology} ${plan.seed}  ${line(progress)}`);
  };
  try {
    const outcome = await playRound(plan, folder, tell, stopping.signal);
    outcomes.push(outcome);
    console.log(`${reportOf(outcome)}\n`);
  } catch (error) {
    if (!stopping.signal.aborted) throw error;
    console.log("chaos: stopped by hand");
    break;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const total = (of: (outcome: Outcome) => number): string =>
  outcomes.reduce((sum, outcome) => sum + of(outcome), 0).toLocaleString("en");
const failed = outcomes.filter(({ complaints }) => complaints.length > 0);
console.log(
  `${total(({ faults }) => faults.kills)} kills, ${total(({ made }) => made)} events, ${total(({ acknowledged }) => acknowledged)} acknowledged, ${clock()} minutes: ` +
    (failed.length === 0
      ? "nothing lost, nothing twice"
      : `FAILED in ${failed.length} of ${outcomes.length} rounds`),
);
for (const { plan } of failed)
  console.log(`again: npm run chaos -- --rounds 1 --seed ${plan.seed} --topology ${plan.topology}`);
process.exitCode = failed.length === 0 && !stopping.signal.aborted ? 0 : 1;

function clock(): string {
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function line({ acknowledged, faults, kills, made, planned }: Progress): string {
  return `${faults} of ${planned} faults, ${kills} kills, ${made.toLocaleString("en")} events, ${acknowledged.toLocaleString("en")} acknowledged`;
}
