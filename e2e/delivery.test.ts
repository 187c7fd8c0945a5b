/** Pages are left, crash, go offline and meet bad networks in a real Chromium: each event is stored once. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { playCell } from "../bench/delivery/cell.js";
import { SCENARIOS } from "../bench/delivery/scenarios.js";
import { type Station, startStation } from "../bench/delivery/station.js";

const MINUTE_MS = 60_000;

let station: Station;
beforeAll(async () => {
  station = await startStation(["balise"]);
});
afterAll(() => station.stop());

describe.concurrent("every event is stored, once", () => {
  it.for(SCENARIOS.filter(({ core }) => core))(
    "$letter: $title",
    { timeout: 2 * MINUTE_MS },
    async (scenario, { expect }) => {
      const { stored } = await playCell(station, "balise", scenario);
      expect(stored).toMatchObject({ marks: scenario.wanted, ids: scenario.wanted });
    },
  );
});

describe.concurrent("a wrong clock is corrected", () => {
  it.for(SCENARIOS.filter(({ letter }) => "VW".includes(letter)))(
    "$title",
    { timeout: 2 * MINUTE_MS },
    async (scenario, { expect }) => {
      const { stored } = await playCell(station, "balise", scenario);
      expect(stored?.marks).toBe(scenario.wanted);
      expect(stored?.age).toBeLessThan(MINUTE_MS / 1000);
    },
  );
});

it("an event of a day offline keeps its day", { timeout: 2 * MINUTE_MS }, async () => {
  const offline = SCENARIOS.find(({ letter }) => letter === "M");
  if (!offline) throw new Error("no such scenario");
  const { stored } = await playCell(station, "balise", offline);
  expect(stored?.marks).toBe(offline.wanted);
  expect(stored?.age).toBeGreaterThan(86_300);
  expect(stored?.age).toBeLessThan(86_600);
});
