import type { Collector } from "../collector.js";
import { serve } from "../server.js";

/** `balise start`. */
export async function runStart(): Promise<void> {
  await serve((collector) => console.log(announcement(collector)));
}

/** Where everything is; keys only when they were made just now, since terminals and logs are kept. */
export function announcement(
  collector: Pick<Collector, "url" | "store" | "embedded" | "keys" | "sites">,
  shop?: string,
): string {
  const lines = [
    ...(shop === undefined ? [] : [`  demo shop  ${shop}/`]),
    `  console    ${collector.url}/`,
    `  collector  ${collector.url}/v1/batch`,
    `  ClickHouse ${collector.store.url}${collector.embedded ? "  (embedded)" : ""}`,
  ];
  const made = madeKeys(collector);
  if (made.length > 0) lines.push("", "  keys (kept in keys.json of the data directory):", ...made);
  return ["Balise is ready.", "", ...lines, ""].join("\n");
}

/** Those that are in use: a key that was set is its owner's secret, and known to them. */
function madeKeys({
  keys,
  sites,
  store,
  embedded,
}: Pick<Collector, "store" | "embedded" | "keys" | "sites">): string[] {
  const [site] = sites;
  if (!keys.fresh || site === undefined || sites.length > 1) return [];
  const lines = (["writeKey", "secretKey", "readKey"] as const)
    .filter((kind) => site[kind] === keys[kind])
    .map((kind) => `  ${KEY_NAMES[kind]} ${keys[kind]}   (${KEY_USES[kind]})`);
  return embedded && store.password === keys.embeddedPassword
    ? [...lines, `  ClickHouse ${store.password}   (user "${store.user}")`]
    : lines;
}

const KEY_NAMES = { writeKey: "write key ", secretKey: "secret key", readKey: "read key  " };

const KEY_USES = {
  writeKey: "public: goes into the tag",
  secretKey: "servers: import",
  readKey: 'console and queries; ClickHouse user "reader"',
};
