/** A trace of a visit in Chromium tells which layouts a script had to wait for. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { startCollector } from "../bench/cpu/collector.js";
import { EVENTS, type Site, startSite } from "../bench/cpu/site.js";
import { visit } from "../bench/cpu/visit.js";
import { baliseWith, instruments } from "../bench/peers/balise.js";
import { bundleSource } from "../bench/peers/bundle.js";

/** A tag that does what none ought to do. */
const CURIOUS = `
export const start = () => {};
export const track = () => { globalThis.height = document.body.offsetHeight; };
`;

let collector: Awaited<ReturnType<typeof startCollector>>;
let site: Site;
beforeAll(async () => {
  collector = await startCollector();
  const builds = { balise: baliseWith(instruments()), curious: CURIOUS };
  const built = Object.entries(builds).map(
    async ([tag, source]) => [tag, await bundleSource(source)] as const,
  );
  site = await startSite(new Map(await Promise.all(built)));
});
afterAll(() => {
  site?.stop();
  collector?.stop();
});

test("a tag that reads the layout is found out", async () => {
  const { layoutReads } = await visit("curious", site, collector.url);
  expect(layoutReads).toBeGreaterThan(0);
});

test("neither the tag nor an instrument reads the layout of a page", async () => {
  const { layoutReads, arrived } = await visit("balise", site, collector.url);
  expect({ layoutReads, arrived }).toEqual({ layoutReads: 0, arrived: EVENTS });
});
