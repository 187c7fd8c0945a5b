/**
 * Serves the demonstration shop from an origin of its own, under a strict Content Security
 * Policy. `node examples/shop/server.mjs --key WRITE_KEY --host http://127.0.0.1:8787 [--port 8788]`
 */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

const PUBLIC = fileURLToPath(new URL("public", import.meta.url));
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};

/**
 * @param {{ port?: number, host: string, key: string }} options `host` and `key` are the
 *   collector's address and the site's write key; port 0 takes any free port.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveShop({ port = 0, host, key }) {
  const headers = {
    "content-security-policy": policy(new URL(host).origin),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "cache-control": "no-cache",
  };
  const config = `window.SHOP = ${JSON.stringify({ key, host })};\n`;

  const serve = async (request, response) => {
    try {
      const { status, type, body } = await answer(request, config);
      response.writeHead(status, { ...headers, "content-type": type });
      response.end(request.method === "HEAD" ? undefined : body);
    } catch {
      response.destroy();
    }
  };
  const server = createServer((request, response) => void serve(request, response));
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

/** No inline script, no inline style, and of other origins the collector's alone. */
function policy(collector) {
  return [
    "default-src 'none'",
    `script-src 'self' ${collector}`,
    `connect-src ${collector}`,
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types shop",
  ].join("; ");
}

async function answer(request, config) {
  if (request.method !== "GET" && request.method !== "HEAD") return text(405, "Only GET and HEAD");
  const file = fileOf(request.url ?? "/");
  if (file === undefined) return text(400, "Not a path of this shop");
  if (file === "/config.js") return { status: 200, type: TYPES[".js"], body: config };
  const type = TYPES[extname(file)];
  const body = type && (await readFile(join(PUBLIC, file)).catch(() => undefined));
  return body === undefined
    ? text(404, `There is no ${file} in this shop`)
    : { status: 200, type, body };
}

function text(status, body) {
  return { status, type: "text/plain; charset=utf-8", body };
}

/** The file that a request means, always below the public folder; undefined for anything else. */
function fileOf(url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  if (path.includes("\0") || path.includes("\\")) return undefined;
  // A leading separator keeps `..` from climbing out of the folder.
  const clean = normalize(`/${path}`).replaceAll(sep, "/");
  if (clean === "/") return "/index.html";
  // The connected area is one page with routes of its own.
  if (clean === "/account" || clean.startsWith("/account/")) return "/account.html";
  return clean;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { values } = parseArgs({
    options: { key: { type: "string" }, host: { type: "string" }, port: { type: "string" } },
  });
  if (!values.key || !values.host) {
    console.error(
      "Usage: node examples/shop/server.mjs --key WRITE_KEY --host COLLECTOR [--port N]",
    );
    process.exit(1);
  }
  const { url } = await serveShop({
    key: values.key,
    host: values.host,
    port: Number(values.port ?? 8788),
  });
  console.log(`Shop: ${url}`);
}
