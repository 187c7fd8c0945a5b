import { hash, randomBytes } from "node:crypto";
import { isIP } from "node:net";
import ipaddr from "ipaddr.js";
import { NOWHERE, type Place } from "../ingest/visitor.js";
import { Recent } from "../recent.js";
import { NO_PLACES, type Places } from "./places.js";

/** Who sends a request, as far as the collector wants to know: the address itself is let go of. */
export interface Client {
  /** Stands for the address in limits: a digest whose salt lives in memory for a day (UTC). */
  readonly key: string;
  readonly place: Place;
  /** Of the own machine or network: a proxy, a server or a colleague. */
  readonly near: boolean;
}

export type ReadClient = (address: string | undefined) => Client;

/** Clients remembered. */
const REMEMBERED = 8192;

const DAY = 86_400_000;

const NEAR: ReadonlySet<string> = new Set([
  "loopback",
  "private",
  "uniqueLocal",
  "linkLocal",
  "carrierGradeNat",
]);

/** Reads clients from their addresses. On the hot path: one short digest for a client met before. */
export function clientReader(places: Places = NO_PLACES, now: () => number = Date.now): ReadClient {
  let day = Number.NaN;
  let version = Number.NaN;
  let salt = "";
  let known = new Recent<Client>(REMEMBERED);
  return (address = "") => {
    const today = Math.floor(now() / DAY);
    if (today !== day || places.version() !== version) {
      if (today !== day) salt = randomBytes(32).toString("hex");
      [day, version] = [today, places.version()];
      known = new Recent(REMEMBERED);
    }
    const digest = hash("sha256", salt + address, "base64url");
    const remembered = known.get(digest);
    if (remembered !== undefined) return remembered;
    const client = clientOf(address, salt, places);
    known.set(digest, client);
    return client;
  };
}

function clientOf(text: string, salt: string, places: Places): Client {
  const address = withoutPort(text);
  if (isIP(address) === 0) return { key: "unknown", place: NOWHERE, near: false };
  const parsed = ipaddr.process(address);
  const isV4 = parsed.kind() === "ipv4";
  const bytes = parsed.toByteArray();
  // One subscriber has a /64 at least, and a place is known for a /48 alone.
  const subscriber = cut(bytes, isV4 ? 4 : 8);
  const network = cut(bytes, isV4 ? 3 : 6);
  return {
    key: hash("sha256", salt + subscriber, "base64url"),
    place: places.locate(network),
    near: NEAR.has(parsed.range()),
  };
}

/** The address with all but its first bytes zero. */
function cut(bytes: readonly number[], kept: number): string {
  return ipaddr.fromByteArray(bytes.map((byte, at) => (at < kept ? byte : 0))).toString();
}

/** Some proxies name the port beside the address: `192.0.2.1:443`, `[2001:db8::1]:443`. */
function withoutPort(text: string): string {
  return /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
}
