import { isIP } from "node:net";
import { z } from "zod";

/** Names that stand for networks. */
const NAMES: ReadonlySet<string> = new Set(["loopback", "linklocal", "uniquelocal"]);

const MAX_HOPS = 16;

/**
 * Whose `X-Forwarded-For` is believed: the last so many proxies, or those of these addresses. Never
 * everyone's, since then any visitor could choose an address.
 */
export type Proxies = number | string[];

export const proxiesSchema = z.coerce.string().transform((text, context): Proxies => {
  const proxies = proxiesOf(text);
  if (proxies !== undefined) return proxies;
  context.addIssue(
    `must be a number of proxies from 1 to ${MAX_HOPS}, or their addresses and networks with commas between, such as 10.0.0.0/8,loopback`,
  );
  return z.NEVER;
});

function proxiesOf(text: string): Proxies | undefined {
  if (/^\d+$/.test(text)) {
    const hops = Number(text);
    return hops >= 1 && hops <= MAX_HOPS ? hops : undefined;
  }
  const items = text.split(",").map((item) => item.trim());
  return items.every((item) => NAMES.has(item) || isNetwork(item)) ? items : undefined;
}

/** `/0` would be everyone. An IPv4 address within IPv6 is compared as IPv4: it must be written so. */
function isNetwork(text: string): boolean {
  const [address = "", prefix, ...rest] = text.split("/");
  const version = isIP(address);
  if (version === 0 || rest.length > 0 || /%|^::ffff:/i.test(address)) return false;
  if (prefix === undefined) return true;
  const bits = Number(prefix);
  return /^\d{1,3}$/.test(prefix) && bits >= 1 && bits <= (version === 4 ? 32 : 128);
}

/**
 * For Fastify, whose own reading of a number trusts nobody: it cannot know whether the connection
 * comes from a proxy. Who gives a number says that only those proxies reach the collector.
 */
export function trustOf(
  proxies: Proxies | undefined,
): false | string[] | ((address: string, hop: number) => boolean) {
  if (proxies === undefined) return false;
  return typeof proxies === "number" ? (_address, hop) => hop < proxies : proxies;
}
