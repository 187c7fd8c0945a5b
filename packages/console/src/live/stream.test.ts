import { describe, expect, it } from "vitest";
import type { LiveEventRow } from "../api/types.js";
import { lastHours } from "./hours.js";
import { KEPT, matching, merge, nextAfter } from "./stream.js";

const row = (id: string, seconds: number, more: Partial<LiveEventRow> = {}): LiveEventRow => ({
  id,
  name: "page_view",
  receivedAt: new Date(seconds * 1000).toISOString(),
  occurredAt: new Date(seconds * 1000).toISOString(),
  person: "someone",
  known: false,
  channel: "web",
  acquisitionChannel: "direct",
  area: "public",
  device: "desktop",
  browser: "Firefox",
  os: "Linux",
  page: "/",
  outcome: "",
  value: null,
  currency: "",
  bot: false,
  properties: {},
  ...more,
});
const ids = (rows: LiveEventRow[]): string => rows.map(({ id }) => id).join("");

describe("the stream of events", () => {
  it("shows an event once, however many polls bring it", () => {
    const first = merge([], [row("b", 2), row("a", 1)]);
    const second = merge(first.rows, [row("c", 3), row("b", 2)]);
    expect(ids(second.rows)).toBe("cba");
    expect(second.arrived).toBe(1);
  });

  it("sets an event that became visible late in its place", () => {
    expect(ids(merge([row("c", 3), row("a", 1)], [row("b", 2)]).rows)).toBe("cba");
  });

  it("keeps the latest events only", () => {
    const many = Array.from({ length: KEPT }, (_, index) => row(`n${index}`, index));
    const { rows } = merge(many, [row("new", 10_000)]);
    expect(rows).toHaveLength(KEPT);
    expect(rows[0]?.id).toBe("new");
    expect(rows.some(({ id }) => id === "n0")).toBe(false);
  });

  it("asks again for the last ten seconds, which another collector may still fill", () => {
    expect(nextAfter([row("b", 100), row("a", 50)])).toBe(90_000);
    expect(nextAfter([])).toBeUndefined();
  });

  it("lets through what the filter names, without bots when asked", () => {
    const rows = [
      row("a", 1, { page: "/Cart" }),
      row("b", 2, { person: "cartman", bot: true }),
      row("c", 3),
    ];
    expect(ids(matching(rows, "cart ", true))).toBe("ab");
    expect(ids(matching(rows, "cart", false))).toBe("a");
    expect(ids(matching(rows, "", true))).toBe("abc");
  });
});

it("fills the hours without events, the running hour last", () => {
  const now = Date.parse("2026-01-02T10:20:00Z");
  const hours = lastHours([{ time: "2026-01-02T09:00:00Z", events: 5, people: 2 }], now);
  expect(hours).toHaveLength(24);
  expect(hours.at(-1)).toEqual({ time: "2026-01-02T10:00:00.000Z", events: 0, people: 0 });
  expect(hours.at(-2)).toEqual({ time: "2026-01-02T09:00:00.000Z", events: 5, people: 2 });
  expect(hours[0]?.time).toBe("2026-01-01T11:00:00.000Z");
});
