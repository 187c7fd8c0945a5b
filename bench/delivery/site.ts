import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { baliseWith } from "../peers/balise.js";
import { bundleSource, bundleTag, type Chunk, ENTRY } from "../peers/bundle.js";
import type { TagName } from "../peers/tags.js";

/** A shop whose pages bear a tag, and another site to leave to. */
export interface Site {
  page: (tag: TagName) => string;
  elsewhere: string;
  stop: () => void;
}

/** The page calls nothing by itself: `bench` is what a scenario calls in it. */
const page = `<!doctype html><html lang="en"><title>Shop</title><h1>Lamps</h1>
<script type="module">
import { start, track } from "./${ENTRY}";
const words = "lamp table chair window garden silver morning letter harbour paper yellow cotton".split(" ");
const note = (bytes) => {
  let text = "";
  while (text.length < bytes) text += words[Math.floor(Math.random() * words.length)] + " ";
  return text.slice(0, bytes);
};
window.bench = {
  start,
  track(mark, first, last, bytes) {
    for (let number = first; number <= last; number++)
      track("cart_added", { mark: mark + number, ...(bytes > 0 && { note: note(bytes) }) });
  },
};
</script></html>`;

export async function startSite(tags: readonly TagName[]): Promise<Site> {
  const files = new Map<string, string>();
  for (const tag of tags) {
    files.set(`/${tag}/`, page);
    for (const { fileName, code } of await built(tag)) files.set(`/${tag}/${fileName}`, code);
  }
  files.set("/", `<!doctype html><title>Elsewhere</title>`);
  const server = createServer((request, response) => {
    const path = request.url?.replace(/\?.*/, "") ?? "/";
    const file = files.get(path);
    const type = path.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    response.writeHead(file === undefined ? 404 : 200, { "content-type": type }).end(file);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    page: (tag) => `http://shop.localhost:${port}/${tag}/`,
    elsewhere: `http://elsewhere.localhost:${port}/`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Others count page views by themselves or in their first example; so does Balise here. */
function built(tag: TagName): Promise<Chunk[]> {
  return tag === "balise" ? bundleSource(baliseWith(["page-views"])) : bundleTag(tag);
}
