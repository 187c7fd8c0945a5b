/** A column of an answer, as the collector describes it in `x-column` and `meta.columns`. */
export interface Column {
  name: string;
  kind: ColumnKind;
  /** Of a share, mean or score: the columns of its 95 % interval and of its denominator. */
  low?: string;
  high?: string;
  n?: string;
  /** Of a score: the ends of its scale. */
  min?: number;
  max?: number;
  /** Of an amount: the column that names its currency. */
  currency?: string;
  /** Of a text or a moment: rows are not told apart by it. */
  measured?: boolean;
  nullable?: boolean;
  type?: "integer";
}

export const COLUMN_KINDS = [
  "dimension",
  "day",
  "moment",
  "count",
  "seconds",
  "number",
  "bound",
  "flag",
  "object",
  "list",
  "share",
  "mean",
  "score",
  "money",
] as const;
type ColumnKind = (typeof COLUMN_KINDS)[number];

/** A row of an answer: a value for each of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** Columns that rows are told apart by. */
export const isKey = ({ kind, measured }: Column): boolean =>
  (kind === "dimension" || kind === "day" || kind === "moment") && measured !== true;

export const numberOf = (row: Row, name: string | undefined): number | null => {
  const value = name === undefined ? null : row[name];
  // ClickHouse writes 64-bit integers as text where they may pass 2^53.
  if (typeof value === "string" && value !== "") return Number(value);
  return typeof value === "number" ? value : null;
};

export const textOf = (row: Row, name: string): string => {
  const value = row[name];
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
};
