import { RowError } from "../failure.js";
import type { Kind } from "../fields.js";
import { type Shape, textOf } from "./shape.js";

/** A row what numbers are to be read beside: a release, a campaign, a holiday, an incident. */
export const ANNOTATIONS: Shape = {
  name: "annotations",
  fields: new Map<string, Kind>([
    ["id", "id"],
    ["kind", "string"],
    ["from", "time"],
    ["to", "time"],
    ["text", "string"],
    ["removed", "boolean"],
  ]),
  free: [],
  required: [["id"], ["kind"], ["from"]],
  lines: (row) => {
    for (const field of ["id", "kind", "from"]) {
      if (textOf(row, field) === undefined) {
        throw new RowError("missing_field", `${field}: the cell is empty`);
      }
    }
    return [{ type: "annotation", ...row }];
  },
};
