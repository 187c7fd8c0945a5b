import { setTimeout as sleep } from "node:timers/promises";
import type { RunningCollector } from "../load/collector.js";
import { markOf } from "../peers/marks.js";
import type { TagName } from "../peers/tags.js";
import { Proxy } from "./proxy.js";
import type { Scenario } from "./scenarios/scenario.js";
import type { Station } from "./station.js";
import { type Stored, storedOf } from "./stored.js";
import { Visitor } from "./visitor.js";

/** What became of one tag in one scenario. */
export interface Outcome {
  /** Events that the collector took, each counted once. */
  arrived: number;
  /** How often one of them was taken again. */
  copies: number;
  /** What is in the table; of Balise alone. */
  stored?: Stored;
}

/** How long events may take after the last act: tags wait for long before they try again. */
const PATIENCE_MS = 30_000;
const PATIENCE_GONE_MS = 10_000;
/** Copies come after the first. */
const GRACE_MS = 3000;
/** Peers look at the shape of a key. */
const KEY = "0123456789abcdef0123456789abcdef";

let runs = 0;

/** A visitor of their own goes through the scenario with the tag. */
export async function playCell(
  station: Station,
  tag: TagName,
  scenario: Scenario,
): Promise<Outcome> {
  const run = `r${runs++}`;
  const { site, collector, peers } = station;
  const own = tag === "balise";
  const proxy = await Proxy.start(own ? collector.url : peers.url(tag), run);
  const visitor = new Visitor({
    page: site.page(tag),
    elsewhere: site.elsewhere,
    collector: proxy.url,
    key: own ? collector.writeKey : KEY,
    mark: markOf(run, ""),
  });
  try {
    if (!scenario.closed) await visitor.open();
    await scenario.play(visitor, proxy);
    const read = (): Promise<Outcome> => outcomeOf(proxy, own ? collector : undefined, run);
    await reach(read, scenario);
    await sleep(GRACE_MS);
    return await read();
  } finally {
    await visitor.end();
    proxy.stop();
  }
}

async function reach(read: () => Promise<Outcome>, { wanted, gone }: Scenario): Promise<void> {
  const end = Date.now() + (gone ? PATIENCE_GONE_MS : PATIENCE_MS);
  while (Date.now() < end) {
    const { arrived, stored } = await read();
    if (arrived >= wanted && (stored === undefined || stored.marks >= wanted)) return;
    await sleep(200);
  }
}

async function outcomeOf(
  { arrivals }: Proxy,
  collector: RunningCollector | undefined,
  run: string,
): Promise<Outcome> {
  const all = [...arrivals.values()].reduce((sum, times) => sum + times, 0);
  const outcome = { arrived: arrivals.size, copies: all - arrivals.size };
  return collector ? { ...outcome, stored: await storedOf(collector, run) } : outcome;
}
