import { during } from "./network.js";
import type { Scenario } from "./scenario.js";

const DAY_MS = 86_400_000;

/** The clock of the whole visit is wrong. */
function withClock(error: number): Scenario["play"] {
  return async (visitor) => {
    visitor.clockError = error;
    const tab = await visitor.visit();
    await tab.start();
    await tab.act({ events: [1, 5], leave: true });
  };
}

/** The browser does not do what a tag needs. */
export const SURROUNDINGS: readonly Scenario[] = [
  {
    letter: "N",
    title: "storage full, leave at once",
    wanted: 5,
    gone: true,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.fillStorage();
      await tab.start();
      await tab.act({ events: [1, 5], leave: true });
    },
  },
  {
    letter: "O",
    title: "storage denied, leave at once",
    wanted: 5,
    gone: true,
    core: true,
    closed: true,
    async play(visitor) {
      visitor.blockStorage();
      await visitor.open();
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5], leave: true });
    },
  },
  {
    letter: "P",
    title: "storage denied, collector down for 4 s",
    wanted: 6,
    closed: true,
    async play(visitor, proxy) {
      visitor.blockStorage();
      await visitor.open();
      await during("away")(visitor, proxy);
    },
  },
  {
    letter: "V",
    title: "clock a year slow",
    wanted: 5,
    gone: true,
    play: withClock(-365 * DAY_MS),
  },
  {
    letter: "W",
    title: "clock a year fast",
    wanted: 5,
    gone: true,
    play: withClock(365 * DAY_MS),
  },
  {
    letter: "X",
    title: "an extension blocks beacons (`ping`), leave at once",
    wanted: 5,
    gone: true,
    async play(visitor) {
      await visitor.block(["ping"]);
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5], leave: true });
    },
  },
];
