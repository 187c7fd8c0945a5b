import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Engine } from "./engine.js";
import { availableEngines } from "./engines.js";
import { setStage, some, type Stage, track } from "./stage.js";

// With its page's process WebKit's driver ends the whole session, storage included.
const engines = (await availableEngines()).filter(({ name }) => name !== "WebKit");

describe.each(engines)("in $name", ({ launch }) => {
  let engine: Engine;
  let stage: Stage;
  beforeAll(async () => {
    engine = await launch();
    stage = await setStage(engine);
  });
  afterAll(async () => {
    await stage?.close();
    await engine?.close();
  });

  test("events of a page whose process was killed arrive with the next visit", async () => {
    const next = await stage.newTab();
    const tab = await stage.visit();
    await stage.arrived(["page_view"]);
    stage.collector.state.status = 0;
    await track(tab, 5);
    await tab.crash?.();
    expect(stage.collector.named("event 0")).toEqual([]);
    stage.collector.state.status = 202;
    await stage.show(next);
    expect(await stage.arrived(some(5))).toBe(5);
  });
});
