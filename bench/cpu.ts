/**
 * What a tag costs the main thread of Chromium, its processor throttled to a quarter: Balise with page
 * views beside the published builds of others. Rounds are interleaved; every measurement has a
 * browser and a profile of its own. `BENCH_ROUNDS` (15) and `BENCH_TAGS` (all) make it shorter.
 */
import { gzipSync } from "node:zlib";
import { startCollector } from "./cpu/collector.js";
import { goals } from "./cpu/goals.js";
import { type Site, startSite } from "./cpu/site.js";
import { table } from "./cpu/table.js";
import { type Sample, sample } from "./cpu/visit.js";
import { baliseWith } from "./peers/balise.js";
import { bundleSource, bundleTag, type Chunk } from "./peers/bundle.js";
import { startPeersCollector } from "./peers/collector.js";
import { installPeers } from "./peers/install.js";
import { TAGS, type TagName } from "./peers/tags.js";
import { printMachine } from "./support.js";
import { writeTable } from "./readme.js";

const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 15);
/** A busy machine may lose a browser. */
const ATTEMPTS = 3;

/** Each as a new user would write it; "none" is the page without a tag. */
type Candidate = TagName | "none";
const all: Candidate[] = ["none", ...TAGS];
const candidates = all.filter((tag) => process.env["BENCH_TAGS"]?.split(",").includes(tag) ?? true);

function build(tag: Candidate): Promise<Chunk[]> {
  if (tag === "none") return bundleSource("export const start = () => {}, track = () => {};");
  return tag === "balise" ? bundleSource(baliseWith(["page-views"])) : bundleTag(tag);
}

async function attempt(tag: Candidate, site: Site, collector: string): Promise<Sample> {
  for (let number = 1; ; number++) {
    try {
      return await sample(tag, site, collector);
    } catch (error) {
      console.error(`${tag}: ${String(error)}`);
      if (number === ATTEMPTS) throw error;
    }
  }
}

// puppeteer closes the browser, and the round would go on with another.
process.once("SIGTERM", () => process.exit(143));

installPeers();
const builds = new Map<Candidate, Chunk[]>();
for (const tag of candidates) builds.set(tag, await build(tag));
const samples = new Map<Candidate, Sample[]>(candidates.map((tag) => [tag, []]));
const [own, peers, site] = await Promise.all([
  startCollector(),
  startPeersCollector(),
  startSite(builds),
]);
const collectorOf = (tag: Candidate): string =>
  tag === "none" || tag === "balise" ? own.url : peers.url(tag);
try {
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [tag, taken] of samples) taken.push(await attempt(tag, site, collectorOf(tag)));
    console.error(`round ${round} of ${ROUNDS}`);
  }
} finally {
  for (const server of [site, own, peers]) server.stop();
}

printMachine();
console.log(`${ROUNDS} rounds, processor throttled 4 ×: medians (quartiles)\n`);
for (const [tag = "", ...cells] of table(samples, true)) {
  console.log(tag.padEnd(12), ...cells.map((cell) => cell.padStart(22)));
}
const sizeOf = (tag: string): number =>
  (builds.get(tag as Candidate) ?? [])
    .filter(({ first }) => first)
    .reduce((sum, { code }) => sum + gzipSync(code).length, 0);
console.log();
for (const [goal, met] of goals(samples, sizeOf)) console.log(met ? "met   " : "MISSED", goal);
if (process.argv.includes("--record")) {
  const [head = [], ...rows] = table(samples, false);
  writeTable(
    "cpu",
    head,
    rows,
    "What they cost the page, in Chromium with its processor throttled to a quarter: start, one page view and ten events, then a thousand calls; medians of fresh browsers. `none` is the page without a tag.",
  );
}
