import { LIMITS } from "@balise/schema/limits";
import { byteLength, cut } from "./cut.js";
import type { Json, Properties, Traits } from "./wire.js";

export type Warn = (message: string) => void;

/** Control characters, which no name may have. */
// oxlint-disable-next-line no-control-regex -- this pattern is about control characters
const CONTROL = /[\u0000-\u001f\u007f-\u009f]+/g;

/** An event name as the collector takes it, or undefined when nothing of it is left. */
export function fitName(name: unknown): string | undefined {
  const text =
    typeof name === "string" ? cut(name.replace(CONTROL, " "), LIMITS.nameCharacters) : "";
  return text.trim() === "" ? undefined : text;
}

/** An identifier is never cut: two people would become one. */
export function fitIdentifier(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" && text.length <= LIMITS.identifierCharacters
    ? text
    : undefined;
}

/** Keeps the properties that are JSON and fit, in their order; names those it leaves out. */
export function fitProperties(properties: object, warn: Warn): Properties | undefined {
  const fitted: Properties = {};
  let bytes = 2;
  let keys = 0;
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined) continue;
    const text = jsonOf(value);
    const size = byteLength(`${JSON.stringify(key)}:${text},`);
    // A copy: what the page changes later does not change the event.
    const json: Json | undefined = text && JSON.parse(text);
    if (
      json === undefined ||
      !goodKey(key) ||
      keys >= LIMITS.propertyKeys ||
      bytes + size > LIMITS.propertiesBytes ||
      !nestsWithin(json, LIMITS.propertiesDepth - 1)
    ) {
      warn(`property "${cut(key, 40)}" is dropped: not JSON, or past the limits`);
      continue;
    }
    fitted[key] = json;
    bytes += size;
    keys++;
  }
  return keys > 0 ? fitted : undefined;
}

/** Traits are short: texts are cut, and what is no text, number or boolean is left out. */
export function fitTraits(traits: object, warn: Warn): Traits | undefined {
  const fitted: Traits = {};
  let keys = 0;
  for (const [key, value] of Object.entries(traits)) {
    if (value === undefined) continue;
    const trait = fitTrait(value);
    if (trait === undefined || !goodKey(key) || keys >= LIMITS.traitKeys) {
      warn(`trait "${cut(key, 40)}" is dropped: not a short value, or past the limits`);
      continue;
    }
    fitted[key] = trait;
    keys++;
  }
  return keys > 0 ? fitted : undefined;
}

function fitTrait(value: unknown): Traits[string] | undefined {
  if (typeof value === "string") return cut(value, LIMITS.shortCharacters);
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  return typeof value === "boolean" ? value : undefined;
}

function goodKey(key: string): boolean {
  return key !== "" && key.length <= LIMITS.propertyKeyCharacters;
}

function jsonOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    // A cycle or a BigInt.
    return undefined;
  }
}

function nestsWithin(value: Json, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return depth > 0 && Object.values(value).every((child) => nestsWithin(child, depth - 1));
}
