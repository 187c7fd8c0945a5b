import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { until } from "../../packages/collector/dist/testing/until.js";
import { sql } from "../support/ask.js";
import { type Collector, startCollector } from "../support/collector.js";
import { makeFolder } from "../support/folder.js";
import type { Engine, Tab } from "./engine.js";
import { availableEngines } from "./engines.js";
import { serveSite, type Site } from "./site.js";
import { type Surroundings, SURROUNDINGS } from "./surroundings.js";

const PATIENCE = 20_000;
const SDK = new URL("../../packages/sdk/", import.meta.url);

/** Calls all of the tag, before it has loaded and after. */
const ACT = `const run = decodeURIComponent(location.search.slice(1));
const tell = (path) => { new Image().src = path + "?" + encodeURIComponent(run); };
balise.track("early", { run });
function act() {
  if (balise.q) return void setTimeout(act, 20);
  try {
    balise.page({ name: "acted" });
    balise.identify("u1", { plan: "gold" });
    balise.group("a1");
    balise.reset();
    balise.consent("full");
    balise.handover({ userId: "u2" });
    for (let n = 0; n < 3; n++) balise.track("acted " + n, { run, list: [n], pad: "x".repeat(1500) });
    balise.flush().then(() => {
      balise.track("flushed", { run });
      tell("/told");
    });
  } catch (error) {
    new Image().src = "/complaint?" + encodeURIComponent("thrown into the page: " + error);
  }
}
act();`;

const EXPECTED = ["acted 0", "acted 1", "acted 2", "early", "flushed"];

const folder = makeFolder();
let collector: Collector;
beforeAll(async () => {
  collector = await startCollector(folder.path);
}, 60_000);
afterAll(async () => {
  await collector?.end("SIGTERM");
  folder.remove();
});

/** The page with the tag, and one without. */
async function serve({ before = "", frame }: Surroundings): Promise<Site> {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL("package.json", SDK), "utf8"),
  );
  const src = `${collector.url}/v1/balise.${version}.js`;
  const integrity = (await fetch(src)).headers.get("x-balise-integrity");
  const { origin } = new URL(collector.url);
  const policy = `default-src 'self'; script-src 'self' ${origin}; connect-src ${origin}; trusted-types 'none'; require-trusted-types-for 'script'`;
  // A page without an origin is not its own 'self'.
  const headers: Record<string, string> =
    frame === undefined ? { "content-security-policy": policy } : {};
  const scripts = ["watch", "before", "stub", "act"].map(
    (name) => `<script src="/${name}.js"></script>`,
  );
  const tag = `<script async src="${src}" integrity="${integrity}" crossorigin="anonymous" data-key="${collector.keys.writeKey}" data-debug></script>`;
  const page = `<!doctype html><title>Page</title>${scripts.join("")}${tag}`;
  return serveSite({
    "/page": { body: page, headers },
    "/outside": "<!doctype html><title>Outside</title>",
    "/before.js": before,
    "/act.js": ACT,
    "/stub.js": readFileSync(new URL("dist/stub.js", SDK), "utf8"),
  });
}

/** Where the page with the tag is opened: itself, or around it. */
async function open(tab: Tab, site: Site, surroundings: Surroundings, run: string): Promise<void> {
  const { frame, insecure } = surroundings;
  const path = `/page?${encodeURIComponent(run)}`;
  if (frame === undefined) return tab.open((insecure ? site.insecureUrl : site.url) + path);
  await tab.open(`${site.url}/outside`);
  return tab.evaluate(
    (src, sandboxed) => {
      const inner = document.createElement("iframe");
      if (sandboxed) inner.setAttribute("sandbox", "allow-scripts");
      inner.src = src;
      document.body.append(inner);
    },
    (frame === "foreign" ? site.foreignUrl : site.url) + path,
    frame === "sandboxed",
  );
}

/** Names of the events of a run that are in ClickHouse, each as often as it has ids. */
async function stored(run: string): Promise<string[]> {
  const rows = await sql<{ name: string }>(
    collector,
    `SELECT name FROM events WHERE properties.run::String = '${run}' GROUP BY name, id ORDER BY name`,
  );
  return rows.map(({ name }) => name);
}

describe.each(await availableEngines())("in $name", ({ name, launch }) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await launch();
  });
  afterAll(() => engine?.close());

  test.each(Object.entries(SURROUNDINGS))("%s", async (surrounded, surroundings) => {
    const run = `${name}: ${surrounded}`;
    const site = await serve(surroundings);
    const tab = await engine.newTab();
    onTestFinished(async () => {
      await tab.close();
      await site.close();
    });
    await open(tab, site, surroundings, run);
    await until(() => site.told.length + site.complaints.length > 0, PATIENCE);
    // Whoever has nothing but beacons sends when the page is left.
    await tab.open(`${site.url}/outside`);
    if (!surroundings.broken) {
      await expect.poll(() => stored(run), { timeout: PATIENCE }).toEqual(EXPECTED);
    }
    expect(site.complaints).toEqual([]);
    expect(site.told).toEqual([run]);
  });
});
