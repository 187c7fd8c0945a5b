import { REJECTIONS } from "@balise/schema";
import type { Registry } from "prom-client";
import type { Accept } from "../ingest/accept.js";
import { liveCounter, liveCounters } from "./live.js";

/** What became of the events that were sent. */
export function eventMetrics(registry: Registry, { counts }: Accept): void {
  liveCounter(
    registry,
    "balise_events_accepted_total",
    "Events on disk, acknowledged to their senders.",
    () => counts.accepted,
  );
  liveCounters(
    registry,
    "balise_events_rejected_total",
    "Events that were refused and kept in rejected_events, by reason.",
    Object.keys(REJECTIONS),
    (code) => counts.rejected.get(code) ?? 0,
  );
  liveCounter(
    registry,
    "balise_events_duplicate_total",
    "Accepted events that this collector had accepted shortly before, by their id: of its latest 130,000 nearly all are known. Each counts once in questions.",
    () => counts.repeated,
  );
  liveCounter(
    registry,
    "balise_unknown_fields_total",
    "Top-level fields that this version does not know, left out of accepted events.",
    () => counts.unknownFields,
  );
  liveCounter(
    registry,
    "balise_events_dropped_by_tags_total",
    "Events that tags let go of before they could send them, more having waited than they may keep: the counts of accepted events_dropped.",
    () => counts.droppedByTags,
  );
}
