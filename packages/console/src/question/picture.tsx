import type { View } from "../api/question.js";
import { BarsView } from "./bars-view.js";
import { alongOf, DistributionView } from "./distribution-view.js";
import { FunnelView } from "./funnel-view.js";
import { LineView } from "./line-view.js";
import { MatrixView } from "./matrix-view.js";
import { NumberView } from "./number-view.js";
import type { PictureProperties } from "./picture-properties.js";
import { timeOf } from "./series.js";
import { drawable, type Shape } from "./shape.js";
import { TableView } from "./table-view.js";

/** More rows of numbers than this are better read as a table; groups always, to be compared. */
const MOST_NUMBERS = 4;

/** The view that can show these rows: the question's own, or the table, which shows any. */
export function viewOf(wanted: View, shape: Shape, rows: number): View {
  const keys = shape.keys.filter(({ name }) => name !== "group").length;
  const grouped = keys < shape.keys.length;
  const drawn = drawable(shape.measures).length > 0;
  switch (wanted) {
    case "number":
      return rows > (grouped ? 1 : MOST_NUMBERS) ? "table" : "number";
    case "line":
      return drawn && timeOf(shape) !== undefined ? "line" : "table";
    case "matrix":
      return drawn && keys > 1 ? "matrix" : "table";
    case "distribution":
      return drawn && alongOf(shape.keys) !== undefined ? "distribution" : "table";
    case "bars":
    case "funnel":
      return drawn ? wanted : "table";
    default:
      return "table";
  }
}

interface Properties extends PictureProperties {
  view: View;
  titleId: string;
}

export function Picture({ view, titleId, ...picture }: Properties) {
  switch (view) {
    case "number":
      return <NumberView {...picture} />;
    case "line":
      return <LineView {...picture} />;
    case "bars":
      return <BarsView {...picture} />;
    case "funnel":
      return <FunnelView {...picture} />;
    case "distribution":
      return <DistributionView {...picture} />;
    case "matrix":
      return <MatrixView {...picture} titleId={titleId} />;
    default:
      return <TableView {...picture} titleId={titleId} />;
  }
}
