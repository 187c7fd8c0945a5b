import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { allow } from "../peers/collector.js";

/** Takes every batch, as Balise's collector does, and keeps nothing: what is measured is the page. */
export async function startCollector(): Promise<{ url: string; stop: () => void }> {
  const server = createServer((request, response) => {
    request.resume();
    request.once("end", () => {
      allow(request, response);
      response.writeHead(202, { "content-type": "application/json" });
      response.end(JSON.stringify({ accepted: 1, rejected: [] }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
