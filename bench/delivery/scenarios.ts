import { setTimeout as sleep } from "node:timers/promises";
import type { Proxy } from "./proxy.js";
import type { Visitor } from "./visitor.js";

export interface Scenario {
  letter: string;
  title: string;
  /** How many events must arrive. */
  wanted: number;
  /** Of the short form that runs with the tests. */
  core?: boolean;
  /** The browser is open and its profile new, unless `closed`. */
  play: (visitor: Visitor, proxy: Proxy) => Promise<void>;
  closed?: boolean;
}

const DAY_MS = 86_400_000;

/** How long a fault lasts that passes while the page is there. */
const FAULT_MS = 4000;

/** The page stays while something is wrong for a while; then a sixth event comes. */
function during(mode: Parameters<Proxy["turn"]>[0]): Scenario["play"] {
  return async (visitor, proxy) => {
    const tab = await visitor.visit();
    await tab.start();
    proxy.turn(mode);
    await tab.act({ events: [1, 5] });
    await sleep(FAULT_MS);
    proxy.turn("pass");
    await tab.act({ events: [6, 6] });
  };
}

/** The clock of the whole visit is wrong. */
function withClock(error: number): Scenario["play"] {
  return async (visitor) => {
    visitor.clockError = error;
    const tab = await visitor.visit();
    await tab.start();
    await tab.act({ events: [1, 5], leave: true });
  };
}

async function comeBack(visitor: Visitor): Promise<void> {
  const tab = await visitor.visit();
  await tab.act({ start: true });
}

export const SCENARIOS: readonly Scenario[] = [
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
    letter: "G",
    title: "collector answers 503 for 4 s",
    wanted: 6,
    core: true,
    play: during("503"),
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
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5] });
      await sleep(2000);
      await visitor.kill();
      await visitor.open();
      await comeBack(visitor);
    },
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
    letter: "N",
    title: "storage full, leave at once",
    wanted: 5,
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
    letter: "Q",
    title: "two tabs at once, 5 events each, both left",
    wanted: 10,
    async play(visitor) {
      const one = await visitor.visit();
      const other = await visitor.visit();
      await Promise.all([one.start(), other.start()]);
      await Promise.all([one.act({ events: [1, 5] }), other.act({ events: [6, 10] })]);
      await Promise.all([one.act({ leave: true }), other.act({ leave: true })]);
    },
  },
  {
    letter: "R",
    title: "answers take 5 s, next page meanwhile",
    wanted: 5,
    async play(visitor, proxy) {
      const tab = await visitor.visit();
      await tab.start();
      proxy.turn("slow");
      await tab.act({ events: [1, 5] });
      await sleep(2000);
      await tab.next();
      await tab.act({ start: true });
      await sleep(6000);
    },
  },
  {
    letter: "S",
    title: "200 with a page of HTML for 4 s, as in a hotel",
    wanted: 6,
    core: true,
    play: during("html"),
  },
  { letter: "T", title: "500 with text for 4 s", wanted: 6, play: during("500") },
  {
    letter: "U",
    title: "answers are cut for 4 s: broken JSON",
    wanted: 6,
    play: during("cut answer"),
  },
  {
    letter: "V",
    title: "clock a year slow",
    wanted: 5,
    play: withClock(-365 * DAY_MS),
  },
  { letter: "W", title: "clock a year fast", wanted: 5, play: withClock(365 * DAY_MS) },
  {
    letter: "X",
    title: "an extension blocks beacons (`ping`), leave at once",
    wanted: 5,
    async play(visitor) {
      await visitor.block(["ping"]);
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5], leave: true });
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
    letter: "Z",
    title: "tab closed at once",
    wanted: 5,
    core: true,
    async play(visitor) {
      const tab = await visitor.visit();
      await tab.start();
      await tab.act({ events: [1, 5] });
      await tab.close();
    },
  },
];
