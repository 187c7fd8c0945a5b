import type { StartFailureCode } from "./failure.js";

/** One account of the HTTP interface. */
export interface Account {
  user: string;
  password: string;
}

/** What the child needs to know. It travels over IPC, so that no secret shows in `ps` or `/proc`. */
export interface ChildConfig {
  dataDir: string;
  host: string;
  port: number;
  database: string;
  owner: Account;
  readers: Account[];
  queryConnections: number;
  parentPid: number;
}

/** Parent to child. */
export type Order = { type: "start"; config: ChildConfig } | { type: "stop" };

/** Child to parent. */
export type Report =
  | { type: "ready"; port: number }
  | { type: "failed"; code: StartFailureCode; message: string };
