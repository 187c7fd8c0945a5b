import {
  describe,
  type Event,
  isReadyMade,
  type Json,
  type Plan,
  plannedProperties,
  type PlannedProperty,
} from "@balise/schema";
import { BytesPlan } from "./scan/plan.js";

/** What the collector asks of a plan, in both ways in. */
export interface PlanCheck {
  /** Events that break the plan are refused. */
  enforce: boolean;
  /**
   * How the event breaks the plan: `unknown_event`, `missing_property:<key>`, `wrong_type:<key>`,
   * `wrong_value:<key>` or `unknown_property`, the first of these in the order of the plan. Only names
   * of the plan are in it, so that there are as few kinds as the plan has, whoever sends what.
   */
  violationOf: (event: Event) => string | undefined;
  /** The violation in words, for its sender. */
  explain: (event: Event, violation: string) => string;
  /** The same for events that are read straight from their bytes. */
  bytes: BytesPlan;
}

/** An event of the plan. */
export interface PlannedEvent {
  properties: readonly PlannedProperty[];
  /** Has no other properties. Those of ready-made events are for Balise's instruments to say. */
  closed: boolean;
}

export function createPlanCheck(plan: Plan): PlanCheck {
  const events = new Map(
    Object.entries(plan.events).map(([name, event]): [string, PlannedEvent] => [
      name,
      { properties: plannedProperties(event), closed: !isReadyMade(name) },
    ]),
  );
  const enforce = plan.enforce === true;
  return {
    enforce,
    violationOf: ({ name, properties }) => {
      const planned = events.get(name);
      if (planned !== undefined) return violation(planned, properties ?? {});
      return isReadyMade(name) ? undefined : "unknown_event";
    },
    explain: (event, broken) => inWords(event, broken, events.get(event.name)),
    bytes: new BytesPlan(events, enforce),
  };
}

function violation(
  { properties, closed }: PlannedEvent,
  sent: Readonly<Record<string, Json>>,
): string | undefined {
  let known = 0;
  for (const { key, type, optional, values } of properties) {
    const value = Object.hasOwn(sent, key) ? (sent[key] ?? null) : null;
    if (value === null) {
      if (!optional) return `missing_property:${key}`;
      continue;
    }
    known += 1;
    if (!isOf(type, value)) return `wrong_type:${key}`;
    if (typeof value === "string" && values?.has(value) === false) return `wrong_value:${key}`;
  }
  if (!closed) return undefined;
  const all = Object.values(sent).filter((value) => value !== null).length;
  return all > known ? "unknown_property" : undefined;
}

function isOf(type: PlannedProperty["type"], value: Json): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  return typeof value === type && !Array.isArray(value);
}

function inWords(
  { name, properties = {} }: Event,
  broken: string,
  planned: PlannedEvent | undefined,
): string {
  const end = "the collector enforces the tracking plan: send what it says, or change it";
  if (planned === undefined) return `name: ${describe(name)} is not in the plan; ${end}`;
  if (broken === "unknown_property") {
    const keys = new Set(planned.properties.map(({ key }) => key));
    const other = Object.keys(properties).find((key) => !keys.has(key));
    return `properties: ${describe(name)} has no ${describe(other)} in the plan; ${end}`;
  }
  const key = broken.slice(broken.indexOf(":") + 1);
  const property = planned.properties.find((one) => one.key === key);
  const values = [...(property?.values ?? [])].slice(0, 10).join(", ");
  const wanted = values === "" ? `of type ${property?.type}` : `one of ${values}`;
  return `properties.${key}: must be ${wanted} (got ${describe(properties[key])}); ${end}`;
}
