import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sql } from "../support/ask.js";
import { buildExample, folderOf } from "./build.js";
import { startNode } from "./node.js";
import type { Scene } from "./scene.js";
import { visitUrl } from "./visit.js";

export function ssrExample(scene: Scene): void {
  test("the server renders with the tag and counts nothing; the browser hydrates and counts once", async () => {
    const { collector } = scene();
    await buildExample("ssr", collector);
    const settings = { PORT: "0", VITE_BALISE_HOST: collector.url };
    const url = await startNode("host/server.mjs", folderOf("ssr"), settings);
    const html = await (await fetch(`${url}/lamps/lune`)).text();
    expect(html).toContain("Ask us for the price");

    const visit = await visitUrl(scene(), `${url}/`);
    const { page } = visit;
    await page.getByRole("link", { name: "Heron" }).click();
    await hydrated(page);
    await page.getByRole("button").click();
    await page.getByRole("link", { name: "All lamps" }).click();
    await page.getByRole("link", { name: "Lune" }).click();
    await visit.expectStored("name, page_path, page_title", [
      { name: "page_view", page_path: "/", page_title: "Lamps" },
      { name: "page_view", page_path: "/lamps/heron", page_title: "Lamp heron" },
      { name: "lamp_viewed", page_path: "/lamps/heron", page_title: "Lamp heron" },
      { name: "cart_added", page_path: "/lamps/heron", page_title: "Lamp heron" },
      { name: "page_view", page_path: "/", page_title: "Lamps" },
      { name: "page_view", page_path: "/lamps/lune", page_title: "Lamp lune" },
      { name: "price_missing", page_path: "/lamps/lune", page_title: "Lamp lune" },
      { name: "lamp_viewed", page_path: "/lamps/lune", page_title: "Lamp lune" },
    ]);
    expect(await visit.leave()).toEqual([]);
    const told = "SELECT toUInt32(uniqExact(id)) AS n FROM events WHERE name = 'price_missing'";
    expect(await sql(collector, told)).toEqual([{ n: 1 }]);
  });
}

/** React puts a component's handlers on its elements; until then a click is nobody's. */
async function hydrated(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("button") ?? {}).some((key) =>
      key.startsWith("__reactProps"),
    ),
  );
}
