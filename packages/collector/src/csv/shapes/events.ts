import { z } from "zod";
import { RowError } from "../failure.js";
import { EVENT_FIELDS } from "../fields.js";
import { idAt } from "./ids.js";
import { momentOf } from "./moment.js";
import type { Shape } from "./shape.js";

const uuid = z.uuid();

/** Rows as the wire has events. */
export const EVENTS: Shape = {
  name: "events",
  fields: EVENT_FIELDS,
  free: ["properties", "traits"],
  required: [["name"], ["occurredAt"], ["userId", "anonymousId"]],
  lines: ({ id, ...row }, rowId) => {
    const { name } = row;
    if (typeof name !== "string") throw new RowError("missing_field", "name: the cell is empty");
    const occurredAt = momentOf(row);
    const own = typeof id === "string" ? eventIdOf(id.trim(), occurredAt) : rowId(name, occurredAt);
    return [{ id: own, ...row }];
  },
};

/** An id of another system as an event's: itself, or the same UUID for the same id and moment. */
function eventIdOf(value: string, time: number): string {
  return uuid.safeParse(value).success ? value : idAt(time, "id", value);
}
