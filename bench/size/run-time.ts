import { existsSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { launchChromium, visitorsAgent } from "../chromium.js";
import { startSite } from "../cpu/site.js";
import type { Chunk } from "../peers/bundle.js";
import { startPeersCollector } from "../peers/collector.js";
import { released, type TagName } from "../peers/tags.js";

/** Milliseconds of a visit. */
const VISIT = 4000;

/** A script that a tag loads after its start, unasked; gzip bytes, where the file is at hand. */
export interface Loaded {
  name: string;
  gzip: number | undefined;
}

/** Visits a page with each of these tags, and tells what it loads beside its first files. */
export async function loadedAtRunTime(
  builds: ReadonlyMap<TagName, readonly Chunk[]>,
): Promise<Map<TagName, Loaded[]>> {
  const site = await startSite(builds);
  const peers = await startPeersCollector();
  const browser = await launchChromium();
  const found = new Map<TagName, Loaded[]>();
  try {
    for (const [tag, chunks] of builds) {
      const page = await browser.newPage();
      await page.setUserAgent({ userAgent: await visitorsAgent(browser) });
      const names = new Set<string>();
      page.on("request", (request) => {
        const [name = ""] = /[^/]+\.js$/.exec(new URL(request.url()).pathname) ?? [];
        if (request.resourceType() === "script" && name !== "before.js") names.add(name);
      });
      await page.goto(site.page(tag, peers.url(tag), ""));
      await sleep(VISIT);
      await page.close();
      for (const { fileName, first } of chunks) if (first) names.delete(fileName);
      found.set(
        tag,
        [...names].map((name) => ({ name, gzip: gzipOf(name, tag, chunks) })),
      );
    }
  } finally {
    await browser.close();
    for (const server of [site, peers]) server.stop();
  }
  return found;
}

/** From the build, or from the package, which holds what its vendor's network serves. */
function gzipOf(name: string, tag: TagName, chunks: readonly Chunk[]): number | undefined {
  const [folder = ""] = released(tag).split(" ");
  const file = new URL(`../peers/node_modules/${folder}/dist/${name}`, import.meta.url);
  const chunk = chunks.find(({ fileName }) => fileName === name)?.code;
  const code = chunk ?? (existsSync(file) ? readFileSync(file) : undefined);
  return code === undefined ? undefined : gzipSync(code, { level: 9 }).length;
}
