import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { INSECURE_HOST } from "./engine.js";

/** The package as npm has it. */
const SDK = fileURLToPath(new URL("../../packages/sdk/dist/", import.meta.url));

export interface Resource {
  body: string;
  headers?: Record<string, string>;
}

/** A site of pages by their paths, at an origin of its own, so that no storage is shared. */
export interface Site {
  url: string;
  /** The same site at an address that browsers hold for insecure. */
  insecureUrl: string;
  /** The same site as another one, since its name is another. */
  foreignUrl: string;
  /** What pages asked of `/told?…`. */
  told: string[];
  /** Errors, unhandled rejections and violated policies of pages that loaded `/watch.js`. */
  complaints: string[];
  close(): Promise<void>;
}

/** Tells the site of everything that goes wrong in the page; to be loaded before the rest. */
const WATCH = `(() => {
  const tell = (text) => {
    new Image().src = "/complaint?" + encodeURIComponent(text);
  };
  addEventListener("error", (event) => { if (event.message) tell(event.message); });
  addEventListener("unhandledrejection", (event) => tell("unhandled: " + event.reason));
  addEventListener("securitypolicyviolation", (event) =>
    tell(event.violatedDirective + " " + event.blockedURI));
})();`;

/** Serves the pages, `/watch.js`, and below `/sdk/` the modules that npm has. */
export async function serveSite(pages: Record<string, string | Resource>): Promise<Site> {
  const complaints: string[] = [];
  const told: string[] = [];
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
    const heard = { "/complaint": complaints, "/told": told }[pathname];
    if (heard) {
      heard.push(decodeURIComponent(search.slice(1)));
      response.writeHead(204).end();
      return;
    }
    const { body, headers } = find(pathname, pages) ?? {};
    const type = pathname.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    response.writeHead(body === undefined ? 404 : 200, { "content-type": type, ...headers });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    insecureUrl: `http://${INSECURE_HOST}:${port}`,
    foreignUrl: `http://localhost:${port}`,
    told,
    complaints,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function find(path: string, pages: Record<string, string | Resource>): Resource | undefined {
  if (path === "/watch.js") return { body: WATCH };
  const file = /^\/sdk\/([\w/-]+\.js)$/.exec(path)?.[1];
  if (file !== undefined) return { body: readFileSync(SDK + file, "utf8") };
  const page = pages[path];
  return typeof page === "string" ? { body: page } : page;
}
