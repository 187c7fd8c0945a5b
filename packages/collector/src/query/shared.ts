import { z } from "zod";
import { type Condition, conditionOf } from "./conditions.js";
import { fieldNameOf, isPersonal, type Table } from "./fields.js";
import { periodFields } from "./period.js";

/** What is asked about: a period, and a segment of the table. */
export function segmentFields(table: Table) {
  const filters = z.array(conditionOf(table)).max(20);
  return {
    ...periodFields,
    filters: filters.optional().describe("Only what fulfils all of them: a segment"),
  };
}

/** What every question about a table takes beside its own parameters. */
export function sharedFields(table: Table) {
  const segment = segmentFields(table);
  return {
    ...segment,
    breakdown: fieldNameOf(table)
      .optional()
      .describe("A field of the table: the answer gets a column `group`, and rows for each group"),
    compare: z
      .union([
        z.enum(["previous", "year"]),
        z.strictObject(segment).refine((other) => Object.keys(other).length > 0, {
          error: "must name from and to, or filters",
        }),
      ])
      .optional()
      .describe(
        "The period of the same length before (previous), the same period last year (year), another period or another segment: the answer gets the other value of each measure, the difference and its interval",
      ),
  };
}

/** The parameters that every question about a table shares. */
export interface Shared {
  from?: string | undefined;
  to?: string | undefined;
  filters?: Condition[] | undefined;
  breakdown?: string | undefined;
  compare?: "previous" | "year" | Other | undefined;
}

export interface Other {
  from?: string | undefined;
  to?: string | undefined;
  filters?: Condition[] | undefined;
}

/** Whether somebody is singled out by what is known of them, so that even a total may tell on one. */
export const singlesOut = ({ filters = [], compare }: Shared): boolean =>
  [...filters, ...(typeof compare === "object" ? (compare.filters ?? []) : [])].some(
    ({ property }) => isPersonal(property),
  );
