import type { Json, Properties } from "@balise/schema";

/**
 * Properties in a shape that ClickHouse can hold: an array with objects in it becomes its JSON text.
 * A JSON column gives every key below such an array streams of its own, array by array, so that a
 * few senders of odd keys would make it open files without end. On the hot path.
 */
export function storableProperties(properties: Properties | undefined): Properties | undefined {
  if (properties === undefined || !hasArrayOfObjects(properties)) return properties;
  return storable(properties);
}

function storable(properties: Properties): Properties {
  return Object.fromEntries(
    Object.entries(properties).map(([key, value]): [string, Json] => {
      if (Array.isArray(value)) return [key, value.some(isNested) ? JSON.stringify(value) : value];
      return [key, typeof value === "object" && value !== null ? storable(value) : value];
    }),
  );
}

function hasArrayOfObjects(value: Json): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return value.some(isNested);
  for (const child of Object.values(value)) if (hasArrayOfObjects(child)) return true;
  return false;
}

const isNested = (value: Json): boolean => typeof value === "object" && value !== null;
