import type { RunningCollector } from "../load/collector.js";
import { markOf } from "../peers/marks.js";

/** What the table `events` holds of a run. */
export interface Stored {
  /** Numbered events of the page. */
  marks: number;
  /** Events by their id, which every question of the product counts; more than marks would be counted twice. */
  ids: number;
  /** The longest time between an event and its arrival, in seconds, after correction of the clock. */
  age: number;
}

export async function storedOf(collector: RunningCollector, run: string): Promise<Stored> {
  const [row] = await collector.ask<Record<keyof Stored, string | number>>(
    `SELECT uniqExact(properties.mark::String) AS marks, uniqExact(id) AS ids,
            max(abs(dateDiff('second', occurred_at, received_at))) AS age
     FROM events WHERE startsWith(properties.mark::String, '${markOf(run, "")}')`,
  );
  return {
    marks: Number(row?.marks ?? 0),
    ids: Number(row?.ids ?? 0),
    age: Number(row?.age ?? 0),
  };
}
