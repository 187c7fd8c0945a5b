/** How long the collector waits for others, in milliseconds, and how many it holds on to. */
export interface Patience {
  /** For the headers of a request: a browser sends them at once, in one packet or two. */
  headers: number;
  /** For the whole body of a batch or a question, 2 MiB at most: half a megabit a second. */
  body: number;
  /**
   * For anything at all on a connection. More than an import waits for room in the spool, and more
   * than ClickHouse may take for a question.
   */
  silence: number;
  /** For the next request: more than the 60 s of common load balancers, which must close first. */
  keepAlive: number;
  /** Between two looks for late headers. */
  look: number;
  /** Open connections; Node holds some 10 KB for an idle one. */
  connections: number;
}

/**
 * There is no limit for a whole request, since an import may last for hours, and none for the
 * requests of a connection, since a load balancer sends everyone's through a few.
 */
export const PATIENCE: Patience = {
  headers: 10_000,
  body: 30_000,
  silence: 120_000,
  keepAlive: 72_000,
  look: 5000,
  connections: 10_000,
};
