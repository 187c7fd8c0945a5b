import { RowError } from "../failure.js";
import { EVENT_FIELDS } from "../fields.js";
import type { Shape } from "./shape.js";
import { eventIdOf } from "./event-id.js";

/** Rows as the wire has events. */
export const EVENTS: Shape = {
  name: "events",
  fields: EVENT_FIELDS,
  required: [["name"], ["occurredAt"], ["userId", "anonymousId"]],
  columns: {},
  lines: ({ id, ...row }, rowId) => {
    const { name, occurredAt } = row;
    if (typeof name !== "string") throw new RowError("missing_field", "name: the cell is empty");
    if (typeof occurredAt !== "number") {
      throw new RowError("missing_field", "occurredAt: the cell is empty");
    }
    const given = typeof id === "string" ? id.trim() : "";
    const own = given === "" ? rowId(name, occurredAt) : eventIdOf(given, occurredAt);
    return [{ id: own, ...row, name, occurredAt }];
  },
};
