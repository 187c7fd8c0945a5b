import { serve } from "../packages/collector/dist/server.js";
import { announcement } from "../packages/collector/dist/cli/start.js";
import { explain } from "../packages/collector/dist/explain.js";
import { fillDemo } from "../packages/collector/dist/demo/index.js";
import { createProgress } from "../packages/collector/dist/sender/progress.js";
import { serveShop } from "../examples/shop/server.mjs";
import { say } from "./workspace.mjs";

const SHOP_PORT = 8788;
const VISITORS = 6000;

/** Starts everything; resolves when the demo data, if the store was empty, is in. */
export async function runWithDemo() {
  process.env.BALISE_LOG_LEVEL ??= "warn";
  const ending = new AbortController();
  let shop;
  const collector = await serve(
    () => {},
    async () => {
      ending.abort();
      await shop?.close();
    },
  );
  if (collector === undefined) return;
  const [site] = collector.sites;
  try {
    shop = await serveShop({
      port: Number(process.env.SHOP_PORT ?? SHOP_PORT),
      host: collector.url,
      key: site.writeKey,
    });
  } catch (error) {
    say(`the demo shop does not start: ${explain(error).replace("BALISE_PORT", "SHOP_PORT")}`);
    process.kill(process.pid, "SIGTERM");
    process.exitCode = 1;
    return;
  }
  console.log(announcement({ ...collector, keys: { ...collector.keys, fresh: true } }, shop.url));
  await fillWhenEmpty(collector, site, ending.signal);
}

async function fillWhenEmpty(collector, site, signal) {
  try {
    const result = await collector.client.query({
      query: "SELECT count() AS n FROM events",
      format: "JSONEachRow",
    });
    const [{ n }] = await result.json();
    if (Number(n) > 0) return say(`the store holds ${Number(n).toLocaleString("en")} events`);
    say("the store is empty: sending a month of demo visitors");
    const progress = createProgress({ label: "demo visitors", total: VISITORS });
    const { events, people } = await fillDemo({
      url: collector.url,
      writeKey: site.writeKey,
      secretKey: site.secretKey,
      visitors: VISITORS,
      signal,
      onProgress: (at) => progress.update(at.visitors, `${at.events.toLocaleString("en")} events`),
    }).finally(() => progress.stop());
    say(`${events.toLocaleString("en")} events of ${people.toLocaleString("en")} visitors sent`);
  } catch (error) {
    if (!signal.aborted) say(`the demo data did not get through: ${explain(error)}`);
  }
}
