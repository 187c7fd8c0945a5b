import type { Json, Properties, Traits } from "@balise/schema";
import { scrubText } from "./text.js";
import { scrubUrl } from "./url.js";

/** What an operator lets pass. */
export interface Allowed {
  /** Names of query parameters that stay, in lower case. */
  parameters: ReadonlySet<string>;
  /** Names of properties and traits that stay as they are. */
  properties: ReadonlySet<string>;
}

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\//i;

/**
 * Properties with every string scrubbed, at any depth: addresses as `scrubUrl` does, the rest as
 * `scrubText` does; ten digits in a row stay, since there they are an order more often than a
 * telephone, and so do numbers. Names are scrubbed too; where two become one, the later value stays.
 * The same object (===) where nothing changes. On the hot path.
 */
export function scrubProperties(properties: Properties, allowed: Allowed): Properties {
  return scrubRecord(properties, allowed.properties, (value) => scrubJson(value, allowed));
}

/** Traits, like properties. */
export function scrubTraits(traits: Traits, allowed: Allowed): Traits {
  return scrubRecord(traits, allowed.properties, (value) =>
    typeof value === "string" ? scrubString(value, allowed) : value,
  );
}

const NONE: ReadonlySet<string> = new Set();

function scrubRecord<Value>(
  record: Record<string, Value>,
  keep: ReadonlySet<string>,
  scrub: (value: Value) => Value,
): Record<string, Value> {
  let changes: Map<string, [string, Value]> | undefined;
  for (const [name, value] of Object.entries(record)) {
    if (keep.has(name)) continue;
    const change: [string, Value] = [scrubText(name, "marked"), scrub(value)];
    if (change[0] === name && change[1] === value) continue;
    changes ??= new Map();
    changes.set(name, change);
  }
  if (changes === undefined) return record;
  const entries = Object.entries(record);
  return Object.fromEntries(entries.map((entry) => changes.get(entry[0]) ?? entry));
}

function scrubJson(value: Json, allowed: Allowed): Json {
  if (typeof value === "string") return scrubString(value, allowed);
  if (typeof value !== "object" || value === null) return value;
  if (!Array.isArray(value)) return scrubRecord(value, NONE, (child) => scrubJson(child, allowed));
  const scrubbed = value.map((child) => scrubJson(child, allowed));
  return scrubbed.every((child, place) => child === value[place]) ? value : scrubbed;
}

function scrubString(text: string, { parameters }: Allowed): string {
  return ADDRESS.test(text) ? scrubUrl(text, parameters) : scrubText(text, "marked");
}
