import type { ActivityRow, EventNameRow, LiveEventRow, Queries } from "../api/types.js";
import type { ShopEvent, Visitor } from "./shop.js";

const HOUR = 3_600_000;

export function answerEventNames(shop: readonly Visitor[]): EventNameRow[] {
  const rows = new Map<string, EventNameRow>();
  for (const visitor of shop) {
    const seen = new Set<string>();
    for (const { name, time } of visitor.events) {
      const iso = new Date(time).toISOString();
      const row = rows.get(name) ?? { name, events: 0, people: 0, firstSeen: iso, lastSeen: iso };
      row.events++;
      if (!seen.has(name)) row.people++;
      if (iso < row.firstSeen) row.firstSeen = iso;
      if (iso > row.lastSeen) row.lastSeen = iso;
      seen.add(name);
      rows.set(name, row);
    }
  }
  return [...rows.values()].toSorted((a, b) => b.events - a.events);
}

export function answerActivity(
  shop: readonly Visitor[],
  { from, to }: Queries["activity"]["parameters"],
): ActivityRow[] {
  const hours = new Map<number, { events: number; people: Set<string> }>();
  for (const visitor of shop) {
    for (const { time } of visitor.events) {
      if (time < Date.parse(from) || time >= Date.parse(to)) continue;
      const hour = Math.floor(time / HOUR) * HOUR;
      const row = hours.get(hour) ?? { events: 0, people: new Set<string>() };
      row.events++;
      row.people.add(visitor.id);
      hours.set(hour, row);
    }
  }
  return [...hours]
    .toSorted(([a], [b]) => a - b)
    .map(([time, row]) => ({
      time: new Date(time).toISOString(),
      events: row.events,
      people: row.people.size,
    }));
}

/** Newest first, received a little after they occurred; every fortieth visitor is a bot. */
export function answerLive(
  shop: readonly Visitor[],
  { limit = 50, after = 0 }: Queries["live_events"]["parameters"],
): LiveEventRow[] {
  return shop
    .flatMap((visitor, place) => visitor.events.map((event) => liveRow(visitor, event, place)))
    .filter((row) => Date.parse(row.receivedAt) > after)
    .toSorted((a, b) => Date.parse(b.receivedAt) - Date.parse(a.receivedAt))
    .slice(0, limit);
}

function liveRow(visitor: Visitor, event: ShopEvent, place: number): LiveEventRow {
  const ordered = event.name === "order_completed";
  const paid = event.name === "payment_submitted";
  return {
    id: `${visitor.id}-${event.name}-${event.time}`,
    name: event.name,
    receivedAt: new Date(event.received ?? event.time + 180).toISOString(),
    occurredAt: new Date(event.time).toISOString(),
    person: visitor.id,
    known: visitor.known,
    channel: visitor.channel,
    acquisitionChannel: visitor.acquisitionChannel,
    area: visitor.known ? "connected" : "public",
    device: visitor.device,
    browser: visitor.browser,
    os: visitor.os,
    page: PAGES[event.name] ?? "/",
    outcome: ordered ? "success" : paid && place % 6 === 0 ? "failure" : "",
    value: ordered ? 39.9 + (place % 7) * 12.5 : null,
    currency: ordered ? "EUR" : "",
    bot: place % 40 === 0,
    properties: event.properties,
  };
}

const PAGES: Record<string, string> = {
  page_view: "/",
  product_viewed: "/offers/fibre",
  reviews_read: "/offers/fibre",
  cart_added: "/cart",
  delivery_chosen: "/checkout/delivery",
  payment_submitted: "/checkout/payment",
  order_completed: "/checkout/thanks",
};
