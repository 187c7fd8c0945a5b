import { z } from "zod";
import { otherSide } from "../other-period.js";
import { periodOf } from "../period.js";
import type { Side } from "./reading.js";
import type { FunnelQuery } from "./schema.js";

/**
 * The sides of a funnel: its own, and the other of a comparison. Both are counted by one statement, so
 * that the largest groups are the same ones on both.
 * @throws z.ZodError where the period to compare with has no beginning or no end.
 */
export function sidesOf(query: FunnelQuery): Side[] {
  const own = { period: periodOf(query), filters: query.filters };
  if (query.compare === undefined) return [own];
  if (query.breakdown === "day" || query.breakdown === "week") {
    const message = `cannot be broken down by ${query.breakdown}: the two periods have no ${query.breakdown} in common`;
    throw new z.ZodError([{ code: "custom", path: ["compare"], message, input: query.breakdown }]);
  }
  const { shared } = otherSide(query, query.compare);
  return [own, { period: periodOf(shared), filters: shared.filters }];
}
