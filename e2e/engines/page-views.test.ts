import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Engine, Tab } from "./engine.js";
import { availableEngines } from "./engines.js";
import { setStage, type Stage } from "./stage.js";

describe.each(await availableEngines())("in $name", ({ launch }) => {
  let engine: Engine;
  let stage: Stage;
  beforeAll(async () => {
    engine = await launch();
  });
  afterAll(() => engine?.close());
  beforeEach(async () => {
    stage = await setStage(engine);
  });
  afterEach(() => stage?.close());

  /** Paths of the page views in the order of their ids, with those of their referrers. */
  function views(): string[] {
    const events = stage.collector.named("page_view");
    const byId = new Map(events.map(({ id, page }) => [id, page]));
    const pathOf = (url = ""): string => url.slice(stage.site.url.length);
    return [...byId]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, page]) => `${pathOf(page?.url)} from ${pathOf(page?.referrer)}`);
  }

  const seen = (expected: string[]): Promise<void> =>
    expect.poll(views, { timeout: 20_000 }).toEqual(expected);

  const go = (tab: Tab, method: "pushState" | "replaceState", url: string): Promise<void> =>
    tab.evaluate((method, url) => history[method](null, "", url), method, url);

  test("pushState, replaceState, back and forward count, each once", async () => {
    const tab = await stage.visit();
    const expected = ["/script from "];
    await seen(expected);
    await go(tab, "pushState", "/a");
    await seen([...expected, "/a from /script"]);
    await go(tab, "replaceState", "/b?x=1");
    await seen([...expected, "/a from /script", "/b?x=1 from /a"]);
    await tab.evaluate(() => history.back());
    expected.push("/a from /script", "/b?x=1 from /a", "/script from /b?x=1");
    await seen(expected);
    await tab.evaluate(() => history.forward());
    await seen([...expected, "/b?x=1 from /script"]);
    expect(stage.site.complaints).toEqual([]);
  });

  test("an address that stays the same and an anchor count nothing, a route in the hash does", async () => {
    const tab = await stage.visit();
    await seen(["/script from "]);
    await go(tab, "replaceState", "/script");
    await go(tab, "pushState", "/script#part");
    await tab.evaluate(() => void (location.hash = "other"));
    await go(tab, "pushState", "/script#/route");
    await seen(["/script from ", "/script#/route from /script"]);
    expect(stage.site.complaints).toEqual([]);
  });
});
