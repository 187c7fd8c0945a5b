import { setTimeout as sleep } from "node:timers/promises";
import type { Mode } from "../proxy.js";
import type { Scenario } from "./scenario.js";

/** How long a fault lasts that passes while the page is there. */
const FAULT_MS = 4000;

/** The page stays while something is wrong for a while; then a sixth event comes. */
export function during(mode: Mode): Scenario["play"] {
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

/** The collector, or what stands before it, is ill. */
export const NETWORK: readonly Scenario[] = [
  {
    letter: "G",
    title: "collector answers 503 for 4 s",
    wanted: 6,
    core: true,
    play: during("503"),
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
];
