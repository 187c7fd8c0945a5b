import { fileURLToPath } from "node:url";
import { startFakeCollector } from "./fake-collector.js";
import { createShop } from "./shop.js";

/** Serves the built console over a shop's data: `pnpm dev`, with PORT for a fixed port. */
const collector = await startFakeCollector({
  directory: fileURLToPath(new URL("../../dist", import.meta.url)),
  shop: createShop(Date.now()),
  port: Number(process.env["PORT"] ?? 0),
});
process.stdout.write(`console: ${collector.url}\nread key: ${collector.readKey}\n`);
