import type { Row } from "../api/column.js";
import type { Shape } from "./shape.js";

/** What every view is given. */
export interface PictureProperties {
  rows: readonly Row[];
  shape: Shape;
  /** The field of the breakdown, whose words the groups are. */
  breakdown: string;
}
