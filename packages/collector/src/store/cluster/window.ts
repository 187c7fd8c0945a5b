/**
 * The window alone bounds what is remembered, as on a single server; ClickHouse's own limit of an
 * hour would forget the tokens of a collector that was away for longer.
 */
const WINDOW_SECONDS = 365 * 86_400;

/** Of replicated tables the memory of tokens is in Keeper, under settings of its own. */
export function replicatedSettings(clauses: string): string {
  return clauses.replace(
    /\bnon_replicated_deduplication_window = (\d+)/,
    `replicated_deduplication_window = $1, replicated_deduplication_window_seconds = ${WINDOW_SECONDS}`,
  );
}
