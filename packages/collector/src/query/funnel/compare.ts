import { otherSide } from "../other-period.js";
import { periodOf } from "../period.js";
import type { Side } from "./reading.js";
import type { FunnelQuery } from "./schema.js";

/**
 * The sides of a funnel: its own, and the other of a comparison. Both are counted by one statement, so
 * that the largest groups are the same ones on both.
 * @throws z.ZodError where there is nothing to compare with.
 */
export function sidesOf(query: FunnelQuery): Side[] {
  const own = { period: periodOf(query), filters: query.filters };
  if (query.compare === undefined) return [own];
  const { shared } = otherSide(query, query.compare);
  return [own, { period: periodOf(shared), filters: shared.filters }];
}
