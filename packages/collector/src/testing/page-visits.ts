import { uuid } from "./funnel-store.js";

export interface PageVisit {
  /** Epoch milliseconds. */
  start: number;
  pages: number;
  device?: string;
}

/** Rows of `events`: visits of one person each, of page views a second apart. */
export function visitRows(visits: readonly PageVisit[], siteId = "default"): object[] {
  return visits.flatMap(({ start, pages, device = "desktop" }, visit) =>
    Array.from({ length: pages }, (_, page) => ({
      site_id: siteId,
      id: uuid(1, visit * 100 + page),
      name: "page_view",
      occurred_at: start + page * 1000,
      received_at: start + page * 1000,
      anonymous_id: uuid(2, visit),
      session_id: uuid(3, visit),
      device,
    })),
  );
}
