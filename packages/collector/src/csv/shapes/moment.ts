import { RowError } from "../failure.js";
import type { Tree } from "./shape.js";

/** @throws RowError where the row has none. */
export function momentOf({ occurredAt }: Tree): number {
  if (typeof occurredAt === "number") return occurredAt;
  throw new RowError("missing_field", "occurredAt: the cell is empty");
}
