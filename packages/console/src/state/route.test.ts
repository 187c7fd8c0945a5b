import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OPERATORS, UNITS } from "../api/types.js";
import { MAX_STEPS, MAX_WINDOW_SECONDS, type FunnelState } from "./funnel-state.js";
import { isTopicPage, PAGE_NAMES } from "../pages/pages.js";
import { dayOf, PRESET_DAYS } from "./period.js";
import { readRoute, writePage, writeRoute, type Route } from "./route.js";
import { COMPARISONS, MAX_FILTERS } from "./scope.js";

const text = fc.string({ unit: "binary", maxLength: 30 });
const day = fc.integer({ min: 0, max: 4_000_000_000_000 }).map(dayOf);
const condition = fc.record({ property: text, op: fc.constantFrom(...OPERATORS), value: text });
const step = fc.record({
  events: fc.array(text, { minLength: 1, maxLength: 4 }),
  where: fc.array(condition, { maxLength: 3 }),
});
const scope = {
  period: fc.oneof(
    fc.record({ kind: fc.constant("last" as const), days: fc.constantFrom(...PRESET_DAYS) }),
    fc.record({ kind: fc.constant("range" as const), from: day, to: day }),
  ),
  compare: fc.constantFrom(null, ...COMPARISONS),
  breakdown: text,
  filters: fc.array(condition, { maxLength: MAX_FILTERS }),
};
const cards = {
  own: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,20}\.\w{1,20}$/), text, {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  tables: fc.array(text, { maxLength: 3 }),
};
const funnel: fc.Arbitrary<FunnelState> = fc.record({
  steps: fc.array(step, { maxLength: MAX_STEPS }),
  ...scope,
  ...cards,
  windowSeconds: fc.integer({ min: 1, max: MAX_WINDOW_SECONDS }),
  by: fc.constantFrom(...UNITS),
  view: fc.constantFrom("chart" as const, "table" as const),
});
const route: fc.Arbitrary<Route> = fc.oneof(
  fc.record({ page: fc.constant("funnel" as const), state: funnel }),
  fc.record({
    page: fc.constant("live" as const),
    state: fc.record({ ...scope, find: text, bots: fc.boolean() }),
  }),
  fc.record({
    page: fc.constantFrom(...PAGE_NAMES.filter(isTopicPage)),
    state: fc.record({ ...scope, ...cards }),
  }),
);

describe("the address", () => {
  it("gives back every state that was written into it", () => {
    fc.assert(
      fc.property(route, (written) => {
        expect(readRoute(writeRoute(written))).toEqual(written);
      }),
    );
  });

  it("survives the parsing of a real URL", () => {
    fc.assert(
      fc.property(route, (written) => {
        const url = new URL(writeRoute(written), "https://console.example/balise/");
        expect(readRoute(url.hash)).toEqual(written);
      }),
    );
  });

  it("never fails, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (hash) => {
        const read = readRoute(hash);
        expect(PAGE_NAMES).toContain(read.page);
      }),
    );
  });

  it("stays short enough to read", () => {
    const hash = "#/funnel?s=page_view&or=landing&s=order_completed&if=%3D%3Aplan%3Aplus&last=7d";
    const read = readRoute(hash);
    expect(read.page === "funnel" && read.state.steps).toEqual([
      { events: ["page_view", "landing"], where: [] },
      { events: ["order_completed"], where: [{ property: "plan", op: "=", value: "plus" }] },
    ]);
    expect(writeRoute(read)).toBe(hash);
  });

  it("of another page is asked about the same", () => {
    fc.assert(
      fc.property(route, fc.constantFrom(...PAGE_NAMES), ({ state }, page) => {
        const { period, compare, breakdown, filters } = state;
        const next = readRoute(writePage(page, state));
        expect(next.page).toBe(page);
        expect(next.state).toMatchObject({ period, compare, breakdown, filters });
      }),
    );
  });

  it("takes the default for what makes no sense", () => {
    const read = readRoute("#/funnel?window=-4&by=planet&from=2026-02-30&to=2026-03-01&last=8d");
    expect(read.state).toMatchObject({
      windowSeconds: 604_800,
      by: "person",
      period: { kind: "last", days: 30 },
    });
  });
});
