import type { TagTrigger } from "../survey-rules.js";
import { holds } from "./condition.js";
import type { Heard } from "./watch.js";

/** The first of these events that the trigger is really about; of a moment there is none to look at. */
export function causeOf(trigger: TagTrigger, causes: readonly Heard[]): Heard | undefined {
  const { where = [] } = "event" in trigger ? trigger : {};
  return causes.find(([, properties = {}]) =>
    where.every((one) => holds(one, (property) => Reflect.get(properties, property))),
  );
}
