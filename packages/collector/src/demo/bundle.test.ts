import type { Event } from "@balise/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bundle } from "./bundle.js";
import type { Visit } from "./visits.js";

const eventOf = (id: string): Event => ({ id, name: "x", occurredAt: 0 });

test("every event is in one parcel, under its own header, in parcels of bounded size", () => {
  const shape = fc.record({
    agent: fc.constantFrom("a", "b", "c"),
    events: fc.nat(12),
    imported: fc.nat(2),
  });
  fc.assert(
    fc.property(
      fc.array(shape, { maxLength: 40 }),
      fc.integer({ min: 1, max: 9 }),
      (plan, size) => {
        const visits: Visit[] = plan.map(({ agent, events, imported }, visitor) => ({
          visitor,
          userAgent: agent,
          events: Array.from({ length: events }, (_, at) => eventOf(`${agent} ${visitor} ${at}`)),
          imported: Array.from({ length: imported }, (_, at) =>
            eventOf(`contact ${visitor} ${at}`),
          ),
        }));
        const parcels = [...bundle(visits, size, true)].map(({ parcel }) => parcel);
        const ids = parcels.flatMap(({ events }) => events.map(({ id }) => id));
        const wanted = visits.flatMap(({ events, imported }) => [...events, ...imported]);
        expect(ids.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted());
        for (const parcel of parcels) {
          expect(parcel.events.length).toBeGreaterThan(0);
          if (parcel.door === "import") continue;
          expect(parcel.events.length).toBeLessThanOrEqual(size);
          expect(parcel.events.every(({ id }) => id.startsWith(parcel.userAgent))).toBe(true);
        }
      },
    ),
  );
});
