// Serves what `npm run build` made. VITE_BALISE_HOST is the collector that pages may speak to.
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { render } from "../dist/server/render.js";

const { PORT = "5173", VITE_BALISE_HOST = "http://127.0.0.1:8787" } = process.env;

const POLICY = `default-src 'self'; img-src 'self' data:; connect-src ${new URL(VITE_BALISE_HOST).origin}`;

const client = await readFile(new URL("../dist/client/client.js", import.meta.url));

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  response.setHeader("content-security-policy", POLICY);
  if (pathname === "/client.js") {
    response.setHeader("content-type", "text/javascript; charset=utf-8").end(client);
    return;
  }
  response.setHeader("content-type", "text/html; charset=utf-8");
  render(pathname).pipe(response);
});

server.listen(Number(PORT), "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
