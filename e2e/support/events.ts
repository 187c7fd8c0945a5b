import { randomUUID } from "node:crypto";
import type { Event } from "@balise/schema";

/** An event of a new visitor, now; `fields` say what is different. */
export function makeEvent(fields: Partial<Event> = {}): Event {
  return {
    id: randomUUID(),
    name: "page_view",
    occurredAt: Date.now(),
    anonymousId: randomUUID(),
    ...fields,
  };
}
