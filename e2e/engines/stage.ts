import { readFile } from "node:fs/promises";
import { expect } from "vitest";
import { collectorServer } from "../../packages/sdk/dist/tsc/testing/collector-server.js";
import { until } from "../../packages/collector/dist/testing/until.js";
import type { Engine, Tab } from "./engine.js";
import { serveSite, type Site } from "./site.js";
import { DENIED_STORAGE } from "./surroundings.js";

const SDK = new URL("../../packages/sdk/dist/", import.meta.url);
const PATIENCE = 20_000;

/**
 * Where the tag comes from: the script with its stub, or the modules of npm. `denied` is the
 * script in a page whose storage throws, as with cookies blocked.
 */
export type Build = "script" | "npm" | "denied";

declare global {
  // The pages' own global: the tag, or the stub with its queue.
  var balise: { track(name: string, properties?: object): void; q?: unknown };
}

/** A collector that can be told to fail, and a site that has the tag under a strict policy. */
export interface Stage {
  collector: Awaited<ReturnType<typeof collectorServer>>;
  site: Site;
  /** A tab that shows a page whose tag has started. */
  visit(build?: Build): Promise<Tab>;
  show(tab: Tab, build?: Build): Promise<void>;
  newTab(): Promise<Tab>;
  /** Waits until events of all these names have arrived, and gives how many they are. */
  arrived(names: string[]): Promise<number>;
  close(): Promise<void>;
}

/** The names of so many events, as `track` gives them. */
export function some(count: number): string[] {
  return Array.from({ length: count }, (_, n) => `event ${n}`);
}

/** Tracks so many events of so many bytes within one task of the page. */
export function track(tab: Tab, count: number, bytes = 0): Promise<void> {
  return tab.evaluate(
    (count, bytes) => {
      for (let n = 0; n < count; n++) balise.track(`event ${n}`, { pad: "x".repeat(bytes) });
    },
    count,
    bytes,
  );
}

/** Tracks and leaves within one task of the page; resolves once the next page is there. */
export async function trackAndLeave(tab: Tab, count: number, bytes = 0): Promise<void> {
  const leaving = tab.evaluate(
    (count, bytes) => {
      for (let n = 0; n < count; n++) balise.track(`event ${n}`, { pad: "x".repeat(bytes) });
      location.href = "/next";
    },
    count,
    bytes,
  );
  // The page may be gone before it can answer.
  await leaving.catch(() => undefined);
  await at(tab, () => location.pathname === "/next");
}

/** Waits until this is so in the page; one that is being left cannot be asked. */
export function at(tab: Tab, isSo: () => boolean): Promise<void> {
  return until(() => tab.evaluate(isSo).catch(() => false), PATIENCE);
}

export async function setStage(engine: Engine): Promise<Stage> {
  const collector = await collectorServer(await readFile(new URL("balise.js", SDK)));
  const site = await serveSite(await pagesWith(collector.url));
  const tabs: Tab[] = [];

  async function newTab(): Promise<Tab> {
    const tab = await engine.newTab();
    tabs.push(tab);
    return tab;
  }

  async function show(tab: Tab, build: Build = "script"): Promise<void> {
    await tab.open(`${site.url}/${build}`);
    await at(tab, () => globalThis.balise !== undefined && balise.q === undefined);
  }

  return {
    collector,
    site,
    newTab,
    show,
    async visit(build) {
      const tab = await newTab();
      await show(tab, build);
      return tab;
    },
    async arrived(names) {
      const found = () => collector.accepted.filter((event) => names.includes(event.name));
      await expect
        .poll(() => new Set(found().map((event) => event.name)), { timeout: PATIENCE })
        .toEqual(new Set(names));
      expect(site.complaints).toEqual([]);
      return new Set(found().map((event) => event.id)).size;
    },
    async close() {
      // Some tabs are closed by their test, and some were killed.
      for (const tab of tabs) await tab.close().catch(() => undefined);
      await site.close();
      await collector.close();
    },
  };
}

async function pagesWith(collector: string) {
  const headers = {
    "content-security-policy": `default-src 'self'; script-src 'self' ${collector}; connect-src ${collector}; require-trusted-types-for 'script'`,
  };
  const page = (title: string, scripts: string) => ({
    headers,
    body: `<!doctype html><title>${title}</title><script src="/watch.js"></script>${scripts}`,
  });
  const npm = `import { createTag } from "/sdk/index.js";
import { pageViews } from "/sdk/auto/page-views.js";
window.balise = createTag({ key: "wk", host: ${JSON.stringify(collector)} });
pageViews(window.balise);`;
  const script = `<script src="/stub.js"></script><script async src="${collector}/v1/balise.js" data-key="wk"></script>`;
  return {
    "/script": page("Script", script),
    "/denied": page("Denied", `<script src="/deny.js"></script>${script}`),
    "/deny.js": DENIED_STORAGE,
    "/npm": page("npm", `<script type="module" src="/npm.js"></script>`),
    "/next": page("Next", ""),
    "/stub.js": await readFile(new URL("stub.js", SDK), "utf8"),
    "/npm.js": npm,
  };
}
