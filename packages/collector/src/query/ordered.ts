/** Rows that an answer may have; ClickHouse is told the same (`max_result_rows`). */
export const MAX_ROWS = 100_000;

/** A statement that keeps its order within another: ClickHouse leaves out a sort that nothing limits. */
export const ordered = (sql: string): string =>
  /\nLIMIT (\d+|\{\w+:\w+\})$/.test(sql) ? sql : `${sql}\nLIMIT ${MAX_ROWS}`;
