/**
 * Serves the page of all widgets, under a strict Content Security Policy:
 * `node examples/feedback/server.mjs --key WRITE_KEY --host http://127.0.0.1:8787 [--port 8790]`
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const PAGE = fileURLToPath(new URL("page", import.meta.url));
const SDK = fileURLToPath(new URL("node_modules/@balise/sdk/dist", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/**
 * @param {{ port?: number, host: string, key: string }} options `host` and `key` are the
 *   collector's address and the site's write key; port 0 takes any free port.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function servePage({ port = 0, host, key }) {
  const headers = {
    "content-security-policy": await policy(new URL(host).origin),
    "x-content-type-options": "nosniff",
    "cache-control": "no-cache",
  };
  const config = `window.SITE = ${JSON.stringify({ key, host })};\n`;
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://page");
    const type = TYPES[extname(pathname)] ?? TYPES[".html"];
    const sent = pathname === "/config.js" ? Promise.resolve(config) : read(pathname);
    sent.then(
      (body) => response.writeHead(200, { ...headers, "content-type": type }).end(body),
      () => response.writeHead(404, headers).end(),
    );
  });
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Nothing inline but the import map, which a site with a bundler does without. */
async function policy(collector) {
  const html = await readFile(join(PAGE, "index.html"), "utf8");
  const [, map = ""] = /<script type="importmap">([^]*?)<\/script>/.exec(html) ?? [];
  const hash = createHash("sha256").update(map).digest("base64");
  return [
    "default-src 'self'",
    `script-src 'self' 'sha256-${hash}'`,
    `connect-src ${collector}`,
    "img-src 'self' data:",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** An address without an extension is one of the page's own routes. */
function read(pathname) {
  const path = normalize(pathname);
  if (path.startsWith("/sdk/")) return readFile(join(SDK, path.slice("/sdk/".length)));
  return readFile(join(PAGE, extname(path) === "" ? "index.html" : path));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: {
      key: { type: "string" },
      host: { type: "string", default: "http://127.0.0.1:8787" },
      port: { type: "string", default: "8790" },
    },
  });
  if (values.key === undefined) {
    process.stderr.write("give the write key of the site: --key WRITE_KEY\n");
    process.exit(1);
  }
  const { key, host } = values;
  const { url } = await servePage({ key, host, port: Number(values.port) });
  process.stdout.write(`${url}\n`);
}
