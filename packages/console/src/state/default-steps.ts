import type { EventNameRow } from "../api/types.js";
import type { Step } from "./funnel-state.js";

/** The usual ways to a purchase or a subscription; the first whose names exist is proposed. */
const USUAL = [
  [
    "page_view",
    "product_viewed",
    "cart_added",
    "delivery_chosen",
    "payment_submitted",
    "order_completed",
  ],
  ["page_view", "form_start", "form_submit"],
];

/** A sensible first funnel: a usual one, else up to three events from most to fewest people. */
export function defaultSteps(names: readonly EventNameRow[]): Step[] {
  const known = new Set(names.map((row) => row.name));
  const usual = USUAL.find((steps) => steps.every((name) => known.has(name)));
  const chosen = usual ?? frequent(names);
  return chosen.map((name) => ({ events: [name], where: [] }));
}

function frequent(names: readonly EventNameRow[]): string[] {
  if (names.length < 2) return [];
  return names
    .toSorted((a, b) => b.people - a.people || b.events - a.events)
    .slice(0, 3)
    .map((row) => row.name);
}
