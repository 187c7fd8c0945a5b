/** What is asked beside what plain code computed. */
export interface Sides {
  asked: string[];
  wanted: string[];
}

/** The columns that plain code knows of, on both sides: as texts, in no order, numbers rounded. */
export function sidesOf(rows: readonly object[], plain: readonly object[]): Sides {
  const names = Object.keys(plain[0] ?? {});
  const textOf = (row: object): string =>
    JSON.stringify(names.map((column) => rounded(Reflect.get(row, column))));
  return { asked: rows.map(textOf).toSorted(), wanted: plain.map(textOf).toSorted() };
}

const rounded = (value: unknown): unknown =>
  typeof value === "number" ? Number(value.toFixed(9)) : value;
