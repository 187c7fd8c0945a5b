/**
 * npm run fuzz: the long form. `-- --seed 7` sends the same inputs again, `--inputs 5000` fewer.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { longPlan } from "./plan.js";
import { reportOf } from "./report.js";
import { playRound } from "./round.js";

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e6)) },
    inputs: { type: "string", default: "100000" },
  },
});
const TOLD_EVERY = 5;

const plan = longPlan(Number(values.seed), Number(values.inputs));
const startedAt = Date.now();
console.log(`fuzz: ${plan.inputs.toLocaleString("en")} inputs from seed ${plan.seed}`);

const folder = mkdtempSync(join(tmpdir(), "balise-fuzz-"));
let told = 0;
try {
  const outcome = await playRound(plan, folder, (tally) => {
    if (told++ % TOLD_EVERY > 0) return;
    const answers = [...tally.statuses].map(([what, times]) => `${what} ${times}`);
    console.log(
      `${seconds()} s  ${tally.total.toLocaleString("en")} inputs, ${tally.failures} complaints: ${answers.join(", ")}`,
    );
  });
  console.log(`\n${reportOf(outcome)}\n${seconds()} s`);
  process.exitCode = outcome.tally.failures === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function seconds(): number {
  return Math.round((Date.now() - startedAt) / 1000);
}
