const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-7000-8000-${String(number).padStart(12, "0")}`;

export interface MadeVisit {
  /** Epoch milliseconds. */
  start: number;
  pages: number;
  device?: string;
}

/** Rows of `events`: visits of one person each, of page views a second apart. */
export function visitRows(visits: readonly MadeVisit[], siteId = "default"): object[] {
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
