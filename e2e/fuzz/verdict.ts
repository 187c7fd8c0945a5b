import type { End } from "../support/collector.js";
import type { Reading } from "./gauge.js";
import type { Tally } from "./tally.js";

export interface Readings {
  start: Reading;
  middle: Reading;
  end: Reading;
}

const MB = 1024 * 1024;
/**
 * What may be held more at the end than in the middle, garbage collected: memories that are bounded
 * by their number (clients, parsed User-Agents, links of devices) are still filling up then. A leak
 * of 1 KB an input would be four times that in the long form.
 */
const LIVING = 12 * MB;
/**
 * Pages that the allocator keeps for bodies that were inflated at once: some 20 MB more or less from
 * reading to reading, of 250. What leaks outside of JavaScript's heap shows here alone.
 */
const RESIDENT_SHARE = 0.25;
/** Connections to ClickHouse that are kept, and segments of the spool. */
export const DESCRIPTORS = 16;

/** Memory is flat and everything is closed again. */
export function judgeReadings({ start, middle, end }: Readings, tally: Tally): void {
  const living = end.living - middle.living;
  if (living > LIVING) tally.complain("end", `${inMb(living)} more are held than in the middle`);
  const share = end.resident / middle.resident - 1;
  if (share > RESIDENT_SHARE)
    tally.complain("end", `resident memory grew by ${Math.round(share * 100)} % since the middle`);
  const left = end.descriptors - start.descriptors;
  if (left > DESCRIPTORS) tally.complain("end", `${left} descriptors more are open than at first`);
}

/** The process that was started is the one that ends, of its own will; it has logged no fault. */
export function judgeEnd(end: End, log: string, tally: Tally): void {
  if (end.code !== 0) tally.complain("end", `the collector ended with ${JSON.stringify(end)}`);
  const fault = /^.*(requests? failed|"level":60).*$/m.exec(log)?.[0];
  if (fault !== undefined)
    tally.complain("end", `the log tells of a fault: ${fault.slice(0, 600)}`);
}

export function inMb(bytes: number): string {
  return `${Math.round(bytes / MB)} MB`;
}
