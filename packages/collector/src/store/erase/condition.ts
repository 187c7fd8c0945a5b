import { quoteString } from "../../embedded/sql/quote.js";
import type { Cluster } from "../cluster.js";
import type { PersonTable } from "./person-tables.js";

export interface Scope {
  siteId: string;
  /** Epoch milliseconds: rows received later are kept. */
  until: number;
  /** The collector's clock, epoch milliseconds. */
  now: number;
  /** The table that holds the ids of the person. */
  ids: string;
  cluster?: Cluster | undefined;
}

/** Milliseconds that the clocks of collectors may differ. */
const AHEAD = 60_000;

/**
 * Which rows of a table are the person's: an event belongs to its user, and one without a user to
 * the user of its device. The ids stand in a table of their own, because ClickHouse keeps the text
 * of a mutation.
 */
export function personCondition({ name, columns }: PersonTable, scope: Scope): string {
  const site = `site_id = ${quoteString(scope.siteId)}`;
  return [site, ...timeCondition(columns, scope), `(${whose(name, columns, scope.ids)})`].join(
    " AND ",
  );
}

function whose(name: string, columns: ReadonlySet<string>, ids: string): string {
  const listed = (kind: string, value = "id"): string =>
    `(SELECT ${value} FROM ${ids} WHERE kind = '${kind}')`;
  const user = `user_id IN ${listed("user")}`;
  const device = `anonymous_id IN ${listed("device", "toUUID(id)")}`;
  if (name === "rejected_events") {
    const patterns = `(SELECT groupArray(id) FROM ${ids} WHERE kind = 'pattern')`;
    return `arrayExists(pattern -> match(concat(body, '\\n', message), pattern), ${patterns})`;
  }
  // Every row of it names a user: a link goes with its user, or with a device that was asked for.
  if (name === "identities") return `${user} OR anonymous_id IN ${listed("link", "toUUID(id)")}`;
  // What was done about a person's answers.
  if (name === "follow_up_steps") return `response_id IN ${listed("response", "toUUID(id)")}`;
  if (!columns.has("user_id")) return device;
  return columns.has("anonymous_id") ? `${user} OR (user_id = '' AND ${device})` : user;
}

/** Of rejected events all go: those that ClickHouse refuses are dated by the drain. */
function timeCondition(columns: ReadonlySet<string>, scope: Scope): string[] {
  if (columns.has("body")) return [];
  const column = ["received_at", "linked_at"].find((name) => columns.has(name));
  return column === undefined ? [] : [receivedUntil(column, scope)];
}

const moment = (ms: number): string => `fromUnixTimestamp64Milli(toInt64(${ms}), 'UTC')`;

/** A row from far ahead of now was received before the clock was set back. */
export function receivedUntil(column: string, { until, now }: Scope): string {
  return `(${column} <= ${moment(until)} OR ${column} > ${moment(now + AHEAD)})`;
}
