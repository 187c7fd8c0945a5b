import { exception } from "../exception.js";
import type { Connection } from "./connection.js";

/** Connections of one kind, and the queue before them. */
export interface Pool {
  /**
   * Runs `work` on a connection of its own as soon as one is free, in order of arrival.
   *
   * @throws ClickHouseException 202 when the queue is full, 394 when `signal` fires while waiting
   */
  use<T>(signal: AbortSignal | undefined, work: (connection: Connection) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * @param name said in the error, so that an operator knows which queue was full
 * @param queueLimit statements that may wait; one more is refused at once
 */
export function createPool(name: string, connections: Connection[], queueLimit: number): Pool {
  const free = [...connections];
  const waiting: { take: (connection: Connection) => void }[] = [];

  const release = (connection: Connection) => {
    const next = waiting.shift();
    if (next === undefined) free.push(connection);
    else next.take(connection);
  };

  const acquire = (signal: AbortSignal | undefined): Promise<Connection> => {
    signal?.throwIfAborted();
    const idle = free.pop();
    if (idle !== undefined) return Promise.resolve(idle);
    if (waiting.length >= queueLimit) {
      return Promise.reject(
        exception(
          "TOO_MANY_SIMULTANEOUS_QUERIES",
          `Too many simultaneous queries: ${connections.length} of ${name} are running and ${queueLimit} are waiting. Try again later.`,
        ),
      );
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(exception("QUERY_WAS_CANCELLED", "Query was cancelled while it was waiting."));
      };
      const entry = {
        take: (connection: Connection) => {
          signal?.removeEventListener("abort", leave);
          resolve(connection);
        },
      };
      signal?.addEventListener("abort", leave, { once: true });
      waiting.push(entry);
    });
  };

  return {
    use: async (signal, work) => {
      const connection = await acquire(signal);
      try {
        return await work(connection);
      } finally {
        release(connection);
      }
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}
