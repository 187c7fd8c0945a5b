import type { Collector } from "../collector.js";
import { serve } from "../server.js";

/** `balise start`. */
export async function runStart(): Promise<void> {
  await serve((collector) => console.log(announcement(collector)));
}

/** Where everything is; keys only when they were made just now, since terminals are kept. */
export function announcement(
  collector: Pick<Collector, "url" | "store" | "embedded" | "keys" | "sites">,
  shop?: string,
): string {
  const [site] = collector.sites;
  const lines = [
    ...(shop === undefined ? [] : [`  demo shop  ${shop}/`]),
    `  console    ${collector.url}/`,
    `  collector  ${collector.url}/v1/batch`,
    `  ClickHouse ${collector.store.url}${collector.embedded ? "  (embedded)" : ""}`,
  ];
  if (collector.keys.fresh && site !== undefined && collector.sites.length === 1) {
    lines.push(
      "",
      "  keys (kept in keys.json of the data directory):",
      `  write key  ${site.writeKey}   (public: goes into the tag)`,
      `  secret key ${site.secretKey}   (servers: import)`,
      `  read key   ${site.readKey}   (console and queries; ClickHouse user "reader")`,
    );
    if (collector.embedded)
      lines.push(`  ClickHouse ${collector.store.password}   (user "${collector.store.user}")`);
  }
  return ["Balise is ready.", "", ...lines, ""].join("\n");
}
