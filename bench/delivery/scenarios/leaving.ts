import { setTimeout as sleep } from "node:timers/promises";
import type { Scenario } from "./scenario.js";

/** The page is left, hidden or closed. */
export const LEAVING: readonly Scenario[] = [
  {
    letter: "0",
    title: "stay on the page",
    wanted: 10,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 10] });
    },
  },
  {
    letter: "A",
    title: "start, track and leave at once",
    wanted: 5,
    gone: true,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.act({ start: true, events: [1, 5], leave: true });
    },
  },
  {
    letter: "B",
    title: "10 events, leave after 100 ms",
    wanted: 10,
    gone: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 10] });
      await sleep(100);
      await tab.act({ leave: true });
    },
  },
  {
    letter: "C",
    title: "30 events of 3 KB, leave at once",
    wanted: 30,
    gone: true,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 30], bytes: 3000, leave: true });
    },
  },
  {
    letter: "D",
    title: "page hidden, browser killed 250 ms later",
    wanted: 5,
    gone: true,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5] });
      await visitor.lookAway();
      await sleep(250);
      await visitor.kill();
    },
  },
  {
    letter: "E",
    title: "tab closed after 60 ms, preflights take 250 ms",
    wanted: 5,
    gone: true,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      proxy.turn("slow preflight");
      await tab.act({ events: [1, 5] });
      await sleep(60);
      await tab.close();
    },
  },
  {
    letter: "I",
    title: "5 events, away, back from the back/forward cache, 5 more",
    wanted: 10,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5], leave: true });
      await sleep(500);
      await tab.back();
      await tab.act({ events: [6, 10] });
    },
  },
  {
    letter: "Q",
    title: "two tabs at once, 5 events each, both left",
    wanted: 10,
    gone: true,
    async play(visitor) {
      const one = await visitor.visit();
      const other = await visitor.visit();
      await Promise.all([one.start(), other.start()]);
      await Promise.all([one.act({ events: [1, 5] }), other.act({ events: [6, 10] })]);
      await Promise.all([one.act({ leave: true }), other.act({ leave: true })]);
    },
  },
  {
    letter: "Z",
    title: "tab closed at once",
    wanted: 5,
    gone: true,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5] });
      await tab.close();
    },
  },
];
