import { z } from "zod";
import { PRINTABLE } from "./event.js";
import { LIMITS } from "./limits.js";
import { EVENT_NAMES } from "./names.js";

const text = z.string().min(1).max(LIMITS.textCharacters);

/** What a property may hold; `integer` is a whole number, `array` and `object` are of anything. */
export const PROPERTY_TYPES = [
  "string",
  "number",
  "integer",
  "boolean",
  "array",
  "object",
] as const;

export type PropertyType = (typeof PROPERTY_TYPES)[number];

const typeSchema = z.enum(PROPERTY_TYPES, {
  error: `must be one of ${PROPERTY_TYPES.join(", ")}`,
});

const propertySchema = z.union(
  [
    typeSchema,
    z
      .strictObject({
        type: typeSchema,
        /** May be left out of an event. */
        optional: z.boolean().optional(),
        /** All that a string may be. */
        values: z.array(text).min(1).max(1000).optional(),
        description: text.optional(),
      })
      .refine(({ type, values }) => values === undefined || type === "string", {
        error: "has values without being of type string",
      }),
  ],
  {
    error: `must be ${PROPERTY_TYPES.join(", ")}, or {"type": …, "optional": true | false, "values": [texts, of a string alone], "description": …}`,
  },
);

/** A key as `balise plan types` writes it and as a violation names it. */
const key = z
  .string()
  .min(1)
  .max(LIMITS.propertyKeyCharacters)
  .regex(PRINTABLE, { error: "contains control characters" })
  .refine((text) => text !== "__proto__" && text.isWellFormed(), { error: "is no name" });

const plannedEventSchema = z.strictObject({
  description: text.optional(),
  /** Who answers for it. */
  owner: text.optional(),
  /** What it is measured for. */
  purpose: text.optional(),
  /** What the team wants to happen. @default false */
  goal: z.boolean().optional(),
  properties: z
    .record(key, propertySchema)
    .refine((properties) => Object.keys(properties).length <= LIMITS.propertyKeys, {
      error: `has more than ${LIMITS.propertyKeys} properties`,
    })
    .optional(),
});

const name = z.string().min(1).max(LIMITS.nameCharacters).regex(PRINTABLE, {
  error: "contains control characters",
});

/** `balise.plan.json`: the events that a team means to have, each with its properties. */
export const planSchema = z.strictObject({
  $schema: z.string().optional(),
  /** Refuse events that are not as the plan says, instead of marking them. @default false */
  enforce: z.boolean().optional(),
  events: z
    .record(name, plannedEventSchema)
    .refine((events) => Object.keys(events).length <= LIMITS.planEvents, {
      error: `has more than ${LIMITS.planEvents} events`,
    }),
});

/** As it is written: `export default { … } satisfies Plan`. */
export type Plan = z.input<typeof planSchema>;

/** What a plan says of one property. */
export interface PlannedProperty {
  key: string;
  type: PropertyType;
  optional: boolean;
  values: ReadonlySet<string> | undefined;
}

/** The properties of an event of a plan, in its order. */
export function plannedProperties(event: Plan["events"][string]): PlannedProperty[] {
  return Object.entries(event.properties ?? {}).map(([key, property]) => {
    const {
      type,
      optional = false,
      values,
    } = typeof property === "string" ? { type: property } : { ...property };
    return { key, type, optional, values: values === undefined ? undefined : new Set(values) };
  });
}

const READY_MADE: ReadonlySet<string> = new Set(EVENT_NAMES);

/** Whether Balise itself gives the name a meaning: such an event needs no place in the plan. */
export function isReadyMade(name: string): boolean {
  return READY_MADE.has(name);
}

/** The plan, or what is wrong with it: where, what is allowed, what stands there. */
export function parsePlan(
  input: unknown,
): { ok: true; plan: Plan } | { ok: false; message: string } {
  const result = planSchema.safeParse(input);
  if (result.success) return { ok: true, plan: result.data };
  const issue = result.error.issues[0];
  if (issue === undefined) return { ok: false, message: "is no plan" };
  const place = issue.path.map(shown).join(" › ") || "the plan";
  const inner = issue.code === "invalid_key" ? issue.issues[0]?.message : undefined;
  return { ok: false, message: `${place}: ${inner ?? issue.message}` };
}

/** A name as it stands, or quoted where it has what a line cannot show. */
function shown(part: PropertyKey): string {
  const text = String(part);
  return PRINTABLE.test(text) ? text : JSON.stringify(text);
}
