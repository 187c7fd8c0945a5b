import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Chunk } from "../peers/bundle.js";

/** Events of a visit beside the page view: one at once, then one every tenth of a second. */
export const EVENTS = 10;

export interface Site {
  /** Address of the page of a tag, which sends to `collector` events with marks that begin so. */
  page: (tag: string, collector: string, mark: string) => string;
  stop: () => void;
}

/** Pages that differ in nothing but the tag: `/TAG/` with the files of its build beside it. */
export async function startSite(builds: ReadonlyMap<string, readonly Chunk[]>): Promise<Site> {
  const server = createServer((request, response) => {
    const [, tag = "", file = ""] = request.url?.replace(/\?.*/, "").split("/") ?? [];
    const chunk = builds.get(tag)?.find(({ fileName }) => fileName === file);
    if (chunk) send(response, "text/javascript", chunk.code);
    else if (file === "before.js") send(response, "text/javascript", BEFORE);
    else if (file === "" && builds.has(tag)) send(response, "text/html", PAGE);
    else response.writeHead(404).end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    // Some tags are silent on localhost itself; browsers trust names below it as they do https.
    page: (tag, collector, mark) =>
      `http://shop.localhost:${port}/${tag}/?${new URLSearchParams({ collector, mark }).toString()}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, {
    "content-type": `${type}; charset=utf-8`,
    "cache-control": "no-store",
    // With these, the browser's clock tells 5 µs instead of 100.
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-embedder-policy": "credentialless",
  });
  response.end(body);
}

/** Runs after everything is compiled and before the tag. */
const BEFORE = "globalThis.before = performance.now();";

const TEXT = "<p>Une lampe de bureau, en laiton, livrée en deux jours.</p>\n".repeat(200);

/** The page changes before events, so that a tag that reads the layout makes it be done anew. */
const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title></head><body>
${TEXT}
<script type="module">
import "./before.js";
import { start, track } from "./main.js";
const loaded = performance.now();
performance.mark("bench");
const parameters = new URLSearchParams(location.search);
const mark = parameters.get("mark");
const ready = performance.now();
start(parameters.get("collector"), "key");
const started = performance.now();
track("step", { mark: mark + 0 });
const tracked = performance.now();
globalThis.visit = { evaluate: loaded - before, init: started - ready, first: tracked - started };
globalThis.track = track;
for (let number = 1; number < ${EVENTS}; number++) {
  await new Promise((resolve) => setTimeout(resolve, 100));
  document.body.append(document.createElement("p"));
  track("step", { mark: mark + number });
}
</script>
</body></html>`;
