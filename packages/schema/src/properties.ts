import { z } from "zod";
import { LIMITS } from "./limits.js";
import type { Json, Properties, Traits } from "./types.js";

/** True when objects and arrays nest no deeper than `depth`. */
export function nestsWithin(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  if (depth === 0) return false;
  for (const child of Object.values(value)) if (!nestsWithin(child, depth - 1)) return false;
  return true;
}

/** Bytes of the value as UTF-8 JSON. */
export function jsonBytes(value: unknown): number {
  const text = JSON.stringify(value);
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    // A surrogate pair is two units and four bytes.
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}

const key = z.string().min(1).max(LIMITS.propertyKeyCharacters);

/**
 * The refinements carry `params.code`, which the collector answers as the rejection's code.
 * Depth is checked before size: `JSON.stringify` recurses, so it must not see what nests too deep.
 */
export const propertiesSchema = z
  .record(
    key,
    z.custom<Json>((value) => value !== undefined),
  )
  .refine((properties) => Object.keys(properties).length <= LIMITS.propertyKeys, {
    error: `has more than ${LIMITS.propertyKeys} keys`,
    params: { code: "properties_too_large" },
    abort: true,
  })
  .refine((properties) => nestsWithin(properties, LIMITS.propertiesDepth), {
    error: `nests deeper than ${LIMITS.propertiesDepth}`,
    params: { code: "properties_too_large" },
    abort: true,
  })
  .refine((properties) => jsonBytes(properties) <= LIMITS.propertiesBytes, {
    error: `is larger than ${LIMITS.propertiesBytes} bytes as JSON`,
    params: { code: "properties_too_large" },
  }) satisfies z.ZodType<Properties>;

export const traitsSchema = z
  .record(key, z.union([z.string().max(LIMITS.shortCharacters), z.number(), z.boolean()]))
  .refine((traits) => Object.keys(traits).length <= LIMITS.traitKeys, {
    error: `has more than ${LIMITS.traitKeys} keys`,
    params: { code: "properties_too_large" },
  }) satisfies z.ZodType<Traits>;
