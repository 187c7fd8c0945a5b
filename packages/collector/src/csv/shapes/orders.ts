import { RowError } from "../failure.js";
import { eventFieldsWithout, type Kind } from "../fields.js";
import { idOfName } from "./ids.js";
import { momentOf } from "./moment.js";
import { partOf, type Shape, textOf } from "./shape.js";

/** A row an order: the same one however often it is told, whatever is corrected in it. */
export const ORDERS: Shape = {
  name: "orders",
  fields: new Map<string, Kind>([
    ...eventFieldsWithout((field) => field === "id"),
    ["orderId", "id"],
  ]),
  free: ["properties", "traits"],
  required: [["orderId"], ["occurredAt"], ["userId", "anonymousId"]],
  usual: { name: { value: "order" } },
  lines: ({ orderId, ...row }) => {
    if (typeof orderId !== "string") {
      throw new RowError("missing_field", "orderId: the cell is empty");
    }
    momentOf(row);
    const name = textOf(row, "name") ?? "order";
    const properties = { ...partOf(row, "properties"), orderId };
    return [{ id: idOfName("order", name, orderId), ...row, name, properties }];
  },
};
