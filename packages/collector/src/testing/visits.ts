/** Events of people who visit pages, made up from a seed: what questions about behaviour are tested on. */
import type { ClickHouseClient } from "@clickhouse/client";
import { uuid } from "./funnel-store.js";

export interface VisitEvent {
  id: string;
  person: number;
  session: number;
  name: string;
  /** Epoch milliseconds. */
  time: number;
  page: string;
  outcome: string;
  /** Of visible_time. */
  seconds: number;
  device: string;
}

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
export const FIRST = Date.UTC(2026, 0, 5);

const NAMES =
  "page_view page_view page_view visible_time click form_submit paid rage_click dead_click js_error back_and_forth scroll_depth".split(
    " ",
  );

/** Small steps of time, so that some events share their millisecond. */
export function madeUpVisits(count: number, seed = 7): VisitEvent[] {
  let state = seed;
  const below = (n: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * n);
  };
  const oneOf = <T>(values: readonly T[], otherwise: T): T =>
    values[below(values.length)] ?? otherwise;
  return Array.from({ length: count }, (_, n) => {
    const session = below(count / 6);
    const person = session % 17;
    return {
      id: uuid(1, n),
      person,
      session,
      name: oneOf(NAMES, "click"),
      time: FIRST + (session % 24) * DAY + (session % 3) * HOUR + below(40) * 250,
      page: oneOf(["/a", "/b", "/c"], "/a"),
      outcome: oneOf(["", "", "success", "failure", "unknown"], ""),
      seconds: below(30),
      device: person % 2 === 0 ? "desktop" : "mobile",
    };
  });
}

/** Puts them into the store, a third of them twice, beside what a bot did. */
export async function storeVisits(
  client: ClickHouseClient,
  visits: readonly VisitEvent[],
): Promise<void> {
  const row = (visit: VisitEvent, late: number): object => ({
    site_id: "default",
    id: visit.id,
    name: visit.name,
    occurred_at: visit.time,
    received_at: visit.time + 500 + late,
    anonymous_id: uuid(2, visit.person),
    session_id: uuid(3, visit.session),
    page_path: visit.page,
    outcome: visit.outcome,
    device: visit.device,
    properties: { seconds: visit.seconds, form: "f" },
  });
  const bots = visits.slice(0, 30).map((visit, n) => ({
    ...row(visit, 0),
    id: uuid(9, n),
    anonymous_id: uuid(9, n),
    session_id: uuid(9, n),
    bot: true,
  }));
  await client.command({ query: "SYSTEM STOP MERGES events" });
  const again = visits.filter((_, n) => n % 3 === 0).map((visit) => row(visit, 90_000));
  for (const values of [visits.map((visit) => row(visit, 0)), again, bots]) {
    await client.insert({ table: "events", values, format: "JSONEachRow" });
  }
}

/** Where the hour, day, week or month of a moment starts, in plain code. */
export const startOf = {
  hour: (time: number) => Math.floor(time / HOUR) * HOUR,
  day: (time: number) => Math.floor(time / DAY) * DAY,
  // 1 January 1970 was a Thursday.
  week: (time: number) => Math.floor((time / DAY + 3) / 7) * 7 * DAY - 3 * DAY,
  month: (time: number) => Date.UTC(new Date(time).getUTCFullYear(), new Date(time).getUTCMonth()),
};
