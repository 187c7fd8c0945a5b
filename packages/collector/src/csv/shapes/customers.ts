import { RowError } from "../failure.js";
import type { Kind } from "../fields.js";
import { type Shape, textOf } from "./shape.js";

/** A row a customer, whether or not they do anything. */
export const CUSTOMERS: Shape = {
  name: "customers",
  fields: new Map<string, Kind>([
    ["userId", "id"],
    ["accountId", "id"],
    ["since", "day"],
    ["until", "day"],
  ]),
  free: ["traits"],
  required: [["userId"]],
  lines: (row) => {
    if (textOf(row, "userId") === undefined) {
      throw new RowError("missing_field", "userId: the cell is empty");
    }
    return [{ type: "customer", ...row }];
  },
};
