import { type RunningCollector, runCollector } from "../load/collector.js";
import { type PeersCollector, startPeersCollector } from "../peers/collector.js";
import type { TagName } from "../peers/tags.js";
import { type Site, startSite } from "./site.js";

/** All that visitors of a run share. */
export interface Station {
  site: Site;
  peers: PeersCollector;
  collector: RunningCollector;
  stop: () => Promise<void>;
}

/** Peers among the tags must be installed. */
export async function startStation(tags: readonly TagName[]): Promise<Station> {
  const site = await startSite(tags);
  const peers = await startPeersCollector();
  const collector = await runCollector({ BALISE_LOG_LEVEL: "warn" });
  return {
    site,
    peers,
    collector,
    stop: async () => {
      site.stop();
      peers.stop();
      await collector.stop();
    },
  };
}
