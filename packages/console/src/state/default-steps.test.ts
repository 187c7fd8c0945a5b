import { expect, it } from "vitest";
import type { EventNameRow } from "../api/types.js";
import { defaultSteps } from "./default-steps.js";

const row = (name: string, people: number): EventNameRow => ({
  name,
  people,
  events: people * 2,
  firstSeen: "2026-01-01T00:00:00.000Z",
  lastSeen: "2026-01-02T00:00:00.000Z",
});
const names = (rows: EventNameRow[]): string[] =>
  defaultSteps(rows).map((step) => step.events.join());

it("proposes the way to an order when all its events exist", () => {
  const shop = [
    "order_completed",
    "payment_submitted",
    "delivery_chosen",
    "cart_added",
    "product_viewed",
    "page_view",
    "click",
  ].map((name, index) => row(name, index));
  expect(names(shop)).toEqual([
    "page_view",
    "product_viewed",
    "cart_added",
    "delivery_chosen",
    "payment_submitted",
    "order_completed",
  ]);
});

it("otherwise proposes the three events with most people, the largest first", () => {
  expect(names([row("a", 1), row("b", 40), row("c", 9), row("d", 20)])).toEqual(["b", "d", "c"]);
});

it("proposes nothing when there is only one event", () => {
  expect(names([row("a", 1)])).toEqual([]);
});
