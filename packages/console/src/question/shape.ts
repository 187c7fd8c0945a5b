import { isKey, numberOf, textOf, type Column, type Row } from "../api/column.js";

/** A measure with what belongs to it. */
export interface Measure {
  column: Column;
  /** Of a comparison: the other side, and what lies between the two. */
  other?: Column;
  difference?: string;
  differenceLow?: string;
  differenceHigh?: string;
}

export interface Shape {
  /** What rows are told apart by. */
  keys: Column[];
  measures: Measure[];
}

/** Sorts the columns of an answer by what they are for; ends of intervals are no measures of their own. */
export function shapeOf(columns: readonly Column[]): Shape {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const known = (name: string): string | undefined => (byName.has(name) ? name : undefined);
  const compared = ({ name }: Column): boolean =>
    byName.has(`${name}Other`) && byName.has(`${name}Difference`);
  const belonging = new Set(
    columns
      .filter(compared)
      .flatMap(({ name }) =>
        ["Other", "Difference", "DifferenceLow", "DifferenceHigh", "Ratio"].map(
          (end) => name + end,
        ),
      ),
  );
  const currencies = new Set(columns.map(({ currency }) => currency));
  const keys = columns.filter((column) => isKey(column));
  const measures = columns
    .filter((column) => !isKey(column) && column.kind !== "bound" && !belonging.has(column.name))
    .filter(({ name, kind }) => kind !== "dimension" || !currencies.has(name))
    .map((column): Measure => {
      if (!compared(column)) return { column };
      const { name } = column;
      const other = byName.get(`${name}Other`);
      const difference = known(`${name}Difference`);
      const differenceLow = known(`${name}DifferenceLow`);
      const differenceHigh = known(`${name}DifferenceHigh`);
      return {
        column,
        ...(other !== undefined && { other }),
        ...(difference !== undefined && { difference }),
        ...(differenceLow !== undefined && { differenceLow }),
        ...(differenceHigh !== undefined && { differenceHigh }),
      };
    });
  return { keys, measures };
}

const DRAWN: readonly Column["kind"][] = [
  "share",
  "score",
  "mean",
  "money",
  "seconds",
  "number",
  "count",
];

/** Measures that a picture can show, the one that says most first: a share with its interval. */
export function drawable(measures: readonly Measure[]): Measure[] {
  const rank = ({ column }: Measure): number =>
    (column.low === undefined ? 10 : 0) + DRAWN.indexOf(column.kind);
  return measures
    .filter(({ column }) => DRAWN.includes(column.kind))
    .toSorted((a, b) => rank(a) - rank(b));
}

/** Whether rows are compared, and nothing is there to compare them with. */
export function isOneSided(rows: readonly Row[], { measures }: Shape): boolean {
  const others = measures.flatMap(({ other }) => (other === undefined ? [] : [other.name]));
  const none = (row: Row): boolean => others.every((name) => (numberOf(row, name) ?? 0) === 0);
  return others.length > 0 && rows.every(none);
}

/** The shape to show: without texts that no row has, and without a comparison with nothing. */
export function shownShape(rows: readonly Row[], shape: Shape): Shape {
  const used = (key: Column): boolean =>
    key.kind !== "dimension" ||
    key.name === "group" ||
    rows.some((row) => textOf(row, key.name) !== "");
  const { keys, measures } = shape;
  return {
    keys: keys.filter(used),
    measures: isOneSided(rows, shape) ? measures.map(({ column }) => ({ column })) : measures,
  };
}
