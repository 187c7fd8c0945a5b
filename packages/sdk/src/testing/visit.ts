import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { Event } from "../wire.js";
import { collectorServer, pageServer } from "./collector-server.js";

export interface Visit {
  page: Page;
  url: string;
  /** What arrived under this name, each event once. */
  told: (name: string) => Event[];
  /** What the page's console and its uncaught errors said. */
  complaints: string[];
  close: () => Promise<void>;
}

export interface VisitOptions {
  /** Files of `src/auto`. */
  instruments: string[];
  script: string;
  /** A script of another origin, for pages that load it from the address `elsewhere`. */
  elsewhere?: string;
}

const POLICY = "default-src 'self'; media-src 'self' blob:; require-trusted-types-for 'script'";

/**
 * Opens a page of the given body in a real browser, under a strict policy. Its script has a `tag`,
 * the function of every instrument that it names, and `elsewhere`, the address of that script.
 */
export async function visit(
  browser: Browser,
  dist: string,
  body: string,
  { instruments, script, elsewhere = "" }: VisitOptions,
): Promise<Visit> {
  const collector = await collectorServer(Buffer.from(elsewhere));
  const main = `
    import { createTag } from "/sdk/index.js";
    ${instruments.map((name) => `import { ${camelCase(name)} } from "/sdk/auto/${name}.js";`).join("\n")}
    const tag = createTag({ key: "wk", host: "${collector.url}", batchDelay: 50 });
    const elsewhere = "${collector.url}/v1/balise.js";
    ${script}
    globalThis.ready = true;`;
  const home = `<!doctype html><title>Home</title>${body}<script type="module" src="/main.js"></script>`;
  const pages = {
    "/": home,
    "/other": home,
    "/favicon.ico": "",
    "/main.js": main,
    ...(await modules(dist)),
  };
  const site = await pageServer(pages, {
    "content-security-policy": `${POLICY}; script-src 'self' ${collector.url}; connect-src 'self' ${collector.url}`,
  });
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  await page.goto(site.url);
  await page.waitForFunction("globalThis.ready");
  return {
    page,
    url: site.url,
    told: (name) => [...new Map(collector.named(name).map((event) => [event.id, event])).values()],
    complaints,
    async close() {
      await context.close();
      await site.close();
      await collector.close();
    },
  };
}

async function modules(dist: string): Promise<Record<string, string>> {
  const files = (await readdir(dist, { recursive: true })).filter((file) => file.endsWith(".js"));
  const texts = files.map(async (file) => [
    `/sdk/${file}`,
    await readFile(join(dist, file), "utf8"),
  ]);
  return Object.fromEntries(await Promise.all(texts));
}

function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}
