import { LIMITS } from "@balise/schema";

export interface RejectedEvent {
  site: string;
  receivedAt: number;
  id: string;
  code: string;
  message: string;
  /** The event as it came. */
  body: string;
  source: string;
}

/** A row of `rejected_events`. */
export function rejectionLine(rejected: RejectedEvent): string {
  return JSON.stringify({
    site_id: rejected.site,
    received_at: rejected.receivedAt,
    id: rejected.id.toWellFormed(),
    code: rejected.code,
    message: rejected.message.slice(0, 1000).toWellFormed(),
    body: rejected.body.slice(0, LIMITS.eventBytes).toWellFormed(),
    source: rejected.source,
  });
}
