import { RowError } from "../failure.js";
import type { Kind } from "../fields.js";
import { PERSON_COLUMNS } from "./columns.js";
import { type Shape, textOf } from "./shape.js";

/** A row a customer, whether or not they do anything. */
export const CUSTOMERS: Shape = {
  name: "customers",
  fields: new Map<string, Kind>([
    ["userId", "string"],
    ["accountId", "string"],
    ["since", "day"],
    ["until", "day"],
  ]),
  required: [["userId"]],
  columns: {
    ...PERSON_COLUMNS,
    since: [
      "since",
      "customersince",
      "startdate",
      "signupdate",
      "createdat",
      "depuis",
      "clientdepuis",
      "dateentree",
    ],
    until: ["until", "churnedat", "enddate", "cancelledat", "jusqua", "datesortie", "resiliele"],
  },
  lines: (row) => {
    if (textOf(row, "userId") === undefined) {
      throw new RowError("missing_field", "userId: the cell is empty");
    }
    return [{ type: "customer", ...row }];
  },
};
