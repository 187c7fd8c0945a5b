import { z } from "zod";
import { type Indicator, indicatorFields } from "./indicator.js";

/** What an indicator is to be. */
export interface Target extends Indicator {
  name: string;
  target: number;
  /** On which side of it one wants to be. */
  better: "higher" | "lower";
  /** The site that it is of; left out, each of them. */
  site?: string | undefined;
}

/** Each is a question within one statement, which ClickHouse takes a few MiB of. */
const MAX_TARGETS = 20;

const targetSchema = z.strictObject({
  ...indicatorFields,
  name: z.string().min(1).max(128),
  target: z.number(),
  better: z.enum(["higher", "lower"]),
  site: z.string().optional(),
}) satisfies z.ZodType<Target>;

export const targetsSchema = z
  .array(targetSchema)
  .max(MAX_TARGETS)
  .superRefine((targets, context) => {
    const names = targets.map(({ name }) => name);
    const twice = names.findIndex((name, place) => names.indexOf(name) < place);
    if (twice === -1) return;
    const message = `${JSON.stringify(names[twice])} is the name of two targets`;
    context.addIssue({ code: "custom", path: [twice, "name"], message });
  });
