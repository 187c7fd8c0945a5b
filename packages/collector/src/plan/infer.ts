import { isReadyMade, LIMITS, type Plan, PROPERTY_TYPES, type PropertyType } from "@balise/schema";

/** A row of the question `event_properties`. */
export interface SeenProperty {
  event: string;
  /** Events of that name whose properties were looked at. */
  looked: number;
  /** Empty for an event that was seen without any. */
  property: string;
  type: string;
  /** Events that carried the property with that type. */
  carrying: number;
}

/** A plan that the events that were looked at would satisfy; goals, owners and purposes are for people to say. */
export function inferPlan(rows: readonly SeenProperty[]): Plan {
  const events: Plan["events"] = {};
  for (const [name, seen] of grouped(rows, (row) => row.event)) {
    if (Object.keys(events).length >= LIMITS.planEvents) break;
    const properties = propertiesOf(seen);
    // Properties of ready-made events are known; the name alone says that they are meant to come.
    if (isReadyMade(name)) events[name] = {};
    else events[name] = Object.keys(properties).length === 0 ? {} : { properties };
  }
  return { events };
}

type Properties = NonNullable<Plan["events"][string]["properties"]>;

function propertiesOf(seen: readonly SeenProperty[]): Properties {
  const properties: Properties = {};
  for (const [key, types] of grouped(seen, (row) => row.property)) {
    if (key === "" || key === "__proto__") continue;
    if (Object.keys(properties).length >= LIMITS.propertyKeys) break;
    const type = commonType(types.map((row) => row.type));
    // A property that is now this and now that cannot be planned: someone must decide first.
    if (type === undefined) continue;
    const carrying = types.reduce((sum, row) => sum + row.carrying, 0);
    const always = carrying >= (types[0]?.looked ?? 0);
    properties[key] = always ? type : { type, optional: true };
  }
  return properties;
}

function commonType(types: readonly string[]): PropertyType | undefined {
  const all = new Set(types);
  if (all.has("number")) all.delete("integer");
  const [type] = all;
  return all.size === 1 ? PROPERTY_TYPES.find((one) => one === type) : undefined;
}

function grouped<Row>(rows: readonly Row[], by: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(by(row));
    if (group === undefined) groups.set(by(row), [row]);
    else group.push(row);
  }
  return groups;
}
