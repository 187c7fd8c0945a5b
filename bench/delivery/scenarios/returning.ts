import { setTimeout as sleep } from "node:timers/promises";
import { comeBack, type Scenario } from "./scenario.js";

const DAY_MS = 86_400_000;

/** The whole browser is gone so many milliseconds after the events. */
function killedAfter(ms: number): Scenario["play"] {
  return async (visitor) => {
    const tab = await visitor.visit();
    await tab.start();
    await tab.act({ events: [1, 5] });
    await sleep(ms);
    await visitor.kill();
    await visitor.open();
    await comeBack(visitor);
  };
}

/** What one visit could not send is there for the next one. */
export const RETURNING: readonly Scenario[] = [
  {
    letter: "F",
    title: "collector down, visitor leaves and comes back later",
    wanted: 5,
    core: true,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      proxy.turn("away");
      await tab.act({ events: [1, 5] });
      await sleep(1000);
      await tab.act({ leave: true });
      await sleep(1000);
      proxy.turn("pass");
      await comeBack(visitor);
    },
  },
  {
    letter: "H",
    title: "two tabs wake on what another one stored",
    wanted: 5,
    core: true,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      proxy.turn("away");
      await tab.act({ events: [1, 5] });
      await sleep(1000);
      await tab.close();
      await sleep(1000);
      const two = await Promise.all([visitor.visit(), visitor.visit()]);
      proxy.turn("pass");
      await Promise.all(two.map((next) => next.act({ start: true })));
    },
  },
  {
    letter: "J",
    title: "page crashes at once, next visit",
    wanted: 5,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5] });
      await visitor.killPages();
      await comeBack(visitor);
    },
  },
  {
    letter: "K",
    title: "browser killed 2 s later, next visit",
    wanted: 5,
    play: killedAfter(2000),
  },
  {
    letter: "L",
    title: "collector down, browser killed 10 s later, next visit",
    wanted: 5,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      proxy.turn("away");
      await tab.act({ events: [1, 5] });
      await sleep(10_000);
      await visitor.kill();
      proxy.turn("pass");
      await visitor.open();
      await comeBack(visitor);
    },
  },
  {
    letter: "M",
    title: "offline, browser closed, back online a day later",
    wanted: 5,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.online(false);
      proxy.turn("away");
      await tab.act({ events: [1, 5] });
      await sleep(1000);
      await visitor.close();
      proxy.turn("pass");
      visitor.clockError = DAY_MS;
      await visitor.open();
      await comeBack(visitor);
    },
  },
  {
    letter: "Y",
    title: "an extension blocks the collector, next visit without",
    wanted: 5,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      const unblock = await visitor.block();
      await tab.act({ events: [1, 5] });
      await sleep(2000);
      await tab.act({ leave: true });
      await sleep(500);
      await unblock();
      await comeBack(visitor);
    },
  },
  {
    letter: "AA",
    title: "browser killed 300 ms later, next visit",
    wanted: 5,
    play: killedAfter(300),
  },
];
