import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Engine } from "./engine.js";
import { availableEngines } from "./engines.js";
import { setStage, some, type Stage, track, trackAndLeave } from "./stage.js";

const BUILDS = ["script", "npm"] as const;

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

  test.each(BUILDS)("events tracked right before a navigation arrive (%s)", async (build) => {
    const tab = await stage.visit(build);
    await trackAndLeave(tab, 5);
    expect(await stage.arrived([...some(5), "page_view"])).toBe(6);
  });

  test.each(BUILDS)(
    "30 events of 3 KB arrive although the page is left at once (%s)",
    async (build) => {
      const tab = await stage.visit(build);
      await trackAndLeave(tab, 30, 3000);
      await stage.show(tab, build);
      expect(await stage.arrived(some(30))).toBe(30);
    },
  );

  test("events arrive when the tab closes right after them", async () => {
    const tab = await stage.visit();
    await track(tab, 5);
    await tab.close();
    expect(await stage.arrived(some(5))).toBe(5);
  });

  test("with the collector down the visitor leaves; with the next visit all arrives", async () => {
    const tab = await stage.visit();
    await stage.arrived(["page_view"]);
    stage.collector.state.status = 0;
    await track(tab, 5);
    await tab.open(`${stage.site.url}/next`);
    expect(stage.collector.named("event 0")).toEqual([]);
    stage.collector.state.status = 202;
    await stage.show(tab);
    expect(await stage.arrived(some(5))).toBe(5);
  });

  test("a collector that answers 503 for four seconds gets everything after", async () => {
    stage.collector.state.status = 503;
    const tab = await stage.visit();
    await track(tab, 5);
    await sleep(4000);
    expect(stage.collector.accepted).toEqual([]);
    stage.collector.state.status = 202;
    expect(await stage.arrived([...some(5), "page_view"])).toBe(6);
  });

  test("two tabs wake on one stored queue: it arrives, and is sent once", async () => {
    const tab = await stage.visit();
    await stage.arrived(["page_view"]);
    const posts = (): number =>
      stage.collector.paths.filter((path) => path.startsWith("POST")).length;
    const before = posts();
    stage.collector.state.status = 503;
    await track(tab, 5);
    await tab.open(`${stage.site.url}/next`);
    // The page's last request must have been refused before the next ones are taken.
    await expect.poll(posts, { timeout: 20_000 }).toBeGreaterThan(before);
    await sleep(500);
    stage.collector.state.status = 202;
    const other = await stage.newTab();
    await stage.show(tab);
    await stage.show(other);
    expect(await stage.arrived(some(5))).toBe(5);
    // The tabs' second look at what others have left behind comes after three seconds.
    await sleep(4000);
    expect(some(5).map((name) => stage.collector.named(name).length)).toEqual([1, 1, 1, 1, 1]);
  });

  test("a page that comes back from the back/forward cache counts, in the same session", async () => {
    const tab = await stage.visit();
    await stage.arrived(["page_view"]);
    await tab.evaluate(() => {
      addEventListener("pageshow", ({ persisted }) => balise.track("restored", { persisted }));
    });
    await trackAndLeave(tab, 1);
    expect(await stage.arrived(["event 0"])).toBe(1);
    await tab.evaluate(() => void setTimeout(() => history.back(), 0));
    expect(await stage.arrived(["restored"])).toBe(1);
    const { accepted, named } = stage.collector;
    expect(named("restored")[0]?.properties).toEqual({ persisted: true });
    const views = (): number => new Set(named("page_view").map((event) => event.id)).size;
    await expect.poll(views, { timeout: 20_000 }).toBe(2);
    expect(new Set(accepted.map((event) => event.sessionId)).size).toBe(1);
  });

  test("with the storage denied events arrive all the same", async () => {
    const tab = await stage.visit("denied");
    await trackAndLeave(tab, 5);
    expect(await stage.arrived([...some(5), "page_view"])).toBe(6);
  });

  test("with the storage full events arrive all the same", async () => {
    const tab = await stage.newTab();
    await tab.open(`${stage.site.url}/next`);
    await tab.evaluate(() => {
      for (let size = 2 ** 22, kept = 0; size >= 1;) {
        try {
          localStorage.setItem(`page.${kept}`, "x".repeat(size));
          kept++;
        } catch {
          size /= 2;
        }
      }
    });
    await stage.show(tab);
    const stored = await tab.evaluate(() => Object.keys(localStorage).join());
    expect(stored).toMatch(/page\.0/);
    expect(stored).not.toMatch(/balise/);
    await trackAndLeave(tab, 5);
    expect(await stage.arrived([...some(5), "page_view"])).toBe(6);
  });
});
