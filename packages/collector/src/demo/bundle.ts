import type { Event } from "@balise/schema";
import type { Visit } from "./visits.js";

/** What goes into one request: the events of one User-Agent header, or what is imported. */
export type Parcel =
  | { door: "batch"; userAgent: string; events: Event[] }
  | { door: "import"; events: Event[] };

/**
 * Packs visits into requests of at most `size` events. A request has one User-Agent header, from
 * which the collector tells the device, so visits go together by browser.
 */
export function* bundle(
  visits: Iterable<Visit>,
  size: number,
  withImports: boolean,
): Generator<{ parcel: Parcel; visitor: number }, void, undefined> {
  const open = new Map<string, Event[]>();
  let imported: Event[] = [];
  let visitor = 0;
  for (const visit of visits) {
    visitor = visit.visitor;
    const events = open.get(visit.userAgent) ?? [];
    events.push(...visit.events);
    while (events.length >= size) {
      const full = events.splice(0, size);
      yield { parcel: { door: "batch", userAgent: visit.userAgent, events: full }, visitor };
    }
    open.set(visit.userAgent, events);
    if (withImports) imported.push(...visit.imported);
    if (imported.length >= size) {
      yield { parcel: { door: "import", events: imported }, visitor };
      imported = [];
    }
  }
  for (const [userAgent, events] of open) {
    if (events.length > 0) yield { parcel: { door: "batch", userAgent, events }, visitor };
  }
  if (imported.length > 0) yield { parcel: { door: "import", events: imported }, visitor };
}
