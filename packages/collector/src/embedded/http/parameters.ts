import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { exception } from "../exception.js";
import { header } from "./accounts.js";

/** The URL of a request, sorted by what each parameter is for. */
export interface QueryParameters {
  query: string;
  queryId: string;
  database: string | undefined;
  defaultFormat: string;
  compress: boolean;
  /** Answer only once the whole result is known, with the final summary. */
  waitEndOfQuery: boolean;
  /** Values of `{name:Type}`, escaped as ClickHouse's HTTP interface wants them. */
  params: Map<string, string>;
  settings: Map<string, string>;
}

/** Settings of a server's HTTP face, and of the connection, that have no counterpart in the engine. */
const IGNORED =
  /^(user|password|quota_key|stacktrace|buffer_size|client_protocol_version|session_timeout|session_check|send_progress_in_http_headers|log_comment|add_http_cors_header|cancel_http_readonly_queries_on_client_close|http_.*|compress|decompress|role)$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * Reads the URL's parameters. Whatever is neither the interface's own nor `param_…` is a setting.
 *
 * @throws ClickHouseException for what the embedded ClickHouse does not offer: sessions, roles, native compression
 */
export function readParameters(request: IncomingMessage, url: URLSearchParams): QueryParameters {
  refuseUnsupported(url);
  const params = new Map<string, string>();
  const settings = new Map<string, string>();
  for (const [name, value] of url) {
    if (name.startsWith("param_")) params.set(checkName(name.slice(6), "parameter"), value);
    else if (!OWN.has(name) && !IGNORED.test(name)) settings.set(checkName(name, "setting"), value);
  }
  return {
    query: url.getAll("query").join(""),
    queryId: url.get("query_id") ?? randomUUID(),
    database: url.get("database") ?? header(request, "x-clickhouse-database"),
    defaultFormat:
      url.get("default_format") ?? header(request, "x-clickhouse-format") ?? "TabSeparated",
    compress: isOn(url.get("enable_http_compression")),
    waitEndOfQuery: isOn(url.get("wait_end_of_query")),
    params,
    settings,
  };
}

const OWN = new Set([
  "query",
  "query_id",
  "database",
  "default_format",
  "enable_http_compression",
  "wait_end_of_query",
]);

const isOn = (value: string | null): boolean => value === "1" || value === "true";

function checkName(name: string, what: string): string {
  if (NAME.test(name)) return name;
  throw exception(
    "BAD_ARGUMENTS",
    `Invalid ${what} name ${JSON.stringify(name)}: letters, digits and underscores are allowed.`,
  );
}

function refuseUnsupported(url: URLSearchParams): void {
  for (const name of ["session_id", "role"]) {
    if (url.has(name)) {
      throw exception(
        "NOT_IMPLEMENTED",
        `${name} is not supported by the embedded ClickHouse: every request stands alone.`,
      );
    }
  }
  for (const name of ["compress", "decompress"]) {
    if (isOn(url.get(name))) {
      throw exception(
        "NOT_IMPLEMENTED",
        `${name}=1 (ClickHouse's native compression) is not supported by the embedded ClickHouse: use gzip with enable_http_compression=1 or Content-Encoding.`,
      );
    }
  }
}
