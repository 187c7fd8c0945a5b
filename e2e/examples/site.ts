import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { extname, join } from "node:path";
import type { Collector } from "../support/collector.js";
import { type Served, startServer } from "./server.js";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** What a careful site allows: nothing inline, and of other origins the collector's alone. */
export function policyOf({ url }: Collector): string {
  const { origin } = new URL(url);
  return [
    "default-src 'self'",
    `script-src 'self' ${origin}`,
    `connect-src ${origin}`,
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** Serves a built single-page site: addresses without an extension are the page's own routes. */
export function serveSite(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<Served> {
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    const file = extname(path) === "" ? "/index.html" : path;
    const body = await readFile(join(folder, file)).catch(() => undefined);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(body === undefined ? 404 : 200, { ...headers, "content-type": type });
    response.end(body);
  };
  return startServer(
    createServer((request, response) => {
      void answer(new URL(request.url ?? "/", "http://site").pathname, response);
    }),
  );
}
