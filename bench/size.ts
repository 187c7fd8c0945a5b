/**
 * Bytes of a tag with its start and one event, as a user's production build has them: Balise with
 * more and more of it, and the published builds of others. With `--record`, also into the README.
 */
import { brotliCompressSync, gzipSync } from "node:zlib";
import { baliseWith, instruments, otherEntries } from "./peers/balise.js";
import { bundleSource, bundleTag, type Chunk } from "./peers/bundle.js";
import { installPeers } from "./peers/install.js";
import { released, TAGS, type TagName } from "./peers/tags.js";
import { writeTable } from "./readme.js";
import { type Loaded, loadedAtRunTime } from "./size/run-time.js";
import { printMachine, rounded } from "./support.js";

/** Smaller builds that the same packages offer. */
const LEAN = {
  "posthog-js, slim": `
    import posthog from "posthog-js/dist/module.slim";
    export const start = (url, key) => posthog.init(key, { api_host: url, defaults: "2026-08-30" });
    export const track = (name, properties) => posthog.capture(name, properties);`,
  "mixpanel-browser, core": `
    import mixpanel from "mixpanel-browser/src/loaders/loader-module-core";
    export const start = (url, key) => mixpanel.init(key, { api_host: url });
    export const track = (name, properties) => mixpanel.track(name, properties);`,
};

interface Row {
  what: string;
  gzip: number;
  brotli: number;
  /** Scripts that come after the start, unasked. */
  later: string;
}

function weigh(what: string, chunks: readonly Chunk[], loaded: readonly Loaded[] = []): Row {
  const first = chunks.filter((chunk) => chunk.first).map(({ code }) => Buffer.from(code));
  return {
    what,
    gzip: sum(first.map((code) => gzipSync(code, { level: 9 }).length)),
    brotli: sum(first.map((code) => brotliCompressSync(code).length)),
    later: loaded
      .map(
        ({ name, gzip }) =>
          `${plain(name)} ${gzip === undefined ? "(the service's)" : rounded(gzip)}`,
      )
      .join(", "),
  };
}

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** Without the hash that a build puts into a name. */
const plain = (name: string): string => name.replace(/-[\w-]{8}(?=\.js$)/, "");

installPeers();
const own = [
  weigh("Balise: the core", await bundleTag("balise")),
  weigh("Balise with page views", await bundleSource(baliseWith(["page-views"]))),
  weigh(
    "Balise with all instruments",
    await bundleSource(baliseWith(instruments(), otherEntries())),
  ),
];
const builds = new Map<TagName, Chunk[]>();
for (const tag of TAGS) if (tag !== "balise") builds.set(tag, await bundleTag(tag));
const loaded = await loadedAtRunTime(builds);
const others = [...builds].map(([tag, chunks]) => weigh(released(tag), chunks, loaded.get(tag)));
for (const [what, source] of Object.entries(LEAN)) {
  others.push(weigh(what, await bundleSource(source)));
}

const HEAD = ["what a user builds", "gzip", "brotli", "loaded later, unasked, gzip"];
const rows = [...own, ...others.toSorted((a, b) => a.gzip - b.gzip)].map((row) => [
  row.what,
  rounded(row.gzip),
  rounded(row.brotli),
  row.later || "–",
]);
printMachine();
for (const [what = "", gzip = "", brotli = "", later = ""] of [HEAD, ...rows]) {
  console.log(what.padEnd(36), gzip.padStart(9), brotli.padStart(9), "", later);
}
if (process.argv.includes("--record")) writeTable("tags", HEAD, rows);
