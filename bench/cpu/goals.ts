import { median } from "../support.js";
import { valuesOf } from "./table.js";
import type { Sample } from "./visit.js";

/** Balise starts faster than every tag of more gzip bytes than this. */
const SMALL = 4096;

/** What Balise promises of the main thread, and whether these samples keep it. */
export function goals(
  samples: ReadonlyMap<string, readonly Sample[]>,
  sizeOf: (tag: string) => number,
): [goal: string, met: boolean][] {
  const of = (tag: string, key: keyof Sample): number =>
    median(valuesOf(samples.get(tag) ?? [], key));
  const larger = [...samples.keys()].filter((tag) => tag !== "balise" && sizeOf(tag) > SMALL);
  const below = (name: string, key: keyof Sample): [string, boolean] => {
    const faster = larger.filter((tag) => of(tag, key) <= of("balise", key));
    const but = faster.length > 0 ? `, but for ${faster.join(", ")}` : "";
    return [`${name} below every tag of more than 4 KB${but}`, faster.length === 0];
  };
  const none = (name: string, key: keyof Sample): [string, boolean] => [
    `no ${name}`,
    valuesOf(samples.get("balise") ?? [], key).every((value) => value === 0),
  ];
  return [
    below("load + init", "start"),
    below("first track()", "first"),
    below("both together", "ready"),
    ["all script below openpanel's", of("balise", "script") < of("openpanel", "script")],
    none("layout reads", "layoutReads"),
    none("long tasks", "longTasks"),
  ];
}
