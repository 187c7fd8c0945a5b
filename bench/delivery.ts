/**
 * What arrives of events when pages are left, killed, offline or badly connected: Balise and the
 * published builds of other tags, in real Chromium, in the same run.
 *
 * `--only balise,posthog` and `--scenario A,F` take some; `--record` writes the README's table too.
 */
import { parseArgs } from "node:util";
import { type Outcome, playCell } from "./delivery/cell.js";
import { SCENARIOS } from "./delivery/scenarios.js";
import type { Scenario } from "./delivery/scenarios/scenario.js";
import { startStation } from "./delivery/station.js";
import { headOf, type Row, rowOf } from "./delivery/table.js";
import { installPeers } from "./peers/install.js";
import { released, type TagName, TAGS } from "./peers/tags.js";
import { writeTable } from "./readme.js";

/** Browsers at a time: they mostly wait. */
const AT_ONCE = 6;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    scenario: { type: "string" },
    record: { type: "boolean", default: false },
  },
});
const among = (names: string | undefined, name: string): boolean =>
  names === undefined || names.split(",").includes(name);
const tags = TAGS.filter((tag) => among(values.only, tag));
const scenarios = SCENARIOS.filter(({ letter }) => among(values.scenario, letter));

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
if (tags.some((tag) => tag !== "balise")) installPeers();
const station = await startStation(tags);
const rows: Row[] = scenarios.map((scenario) => ({ scenario, outcomes: new Map() }));
try {
  await playAll();
} finally {
  await station.stop();
}

const head = headOf(tags);
const cells = rows.map((row) => rowOf(row, tags));
console.log(`Node ${process.version}; ${tags.map(released).join(", ")}\n`);
for (const row of [head, head.map(() => "---"), ...cells]) console.log(lineOf(row));
for (const asked of station.peers.unknown) console.error(`a peer asked for ${asked}`);
if (values.record) writeTable("delivery", head, cells);

function lineOf(row: readonly string[]): string {
  return `| ${row.join(" | ")} |`;
}

/** Some cells at a time, in order; a row is told when it is whole. */
async function playAll(): Promise<void> {
  const waiting = rows.flatMap((row) => tags.map((tag) => ({ row, tag })));
  const worker = async (): Promise<void> => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const { row, tag } = cell;
      row.outcomes.set(tag, await played(tag, row.scenario));
      if (row.outcomes.size === tags.length) console.error(lineOf(rowOf(row, tags)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** A browser that does not start, or does not do as it is told, says nothing of a tag. */
async function played(tag: TagName, scenario: Scenario, tries = 3): Promise<Outcome> {
  try {
    return await playCell(station, tag, scenario);
  } catch (error) {
    if (tries === 1) throw error;
    console.error(`${scenario.letter}, ${tag}: once more, after ${String(error)}`);
    return played(tag, scenario, tries - 1);
  }
}
