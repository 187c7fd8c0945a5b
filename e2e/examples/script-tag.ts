import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildExample, folderOf } from "./build.js";
import type { Scene } from "./scene.js";
import { visitSite } from "./visit.js";

const DIST = join(folderOf("script-tag"), "dist");

export function scriptTagExample(scene: Scene): void {
  test("a click before the tag has loaded counts, with its own time", async () => {
    await buildExample("script-tag", scene().collector);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { page, leave, expectStored } = await visitSite(scene(), DIST, (blank) =>
      blank.route("**/v1/balise.*.js", async (route) => {
        await held;
        await route.continue();
      }),
    );
    const button = page.getByRole("button");
    await button.click();
    release();
    await page.waitForLoadState("load");
    await button.click();
    const cart = { name: "cart_added", value: 49, app: "lamps/1.0.0" };
    await expectStored("name, value, app", [
      cart,
      { name: "page_view", value: null, app: "lamps/1.0.0" },
      cart,
    ]);
    expect(await leave()).toEqual([]);
  });

  test("a script of another content is refused by the browser", async () => {
    await buildExample("script-tag", scene().collector);
    const file = join(DIST, "index.html");
    const other = `sha384-${"A".repeat(64)}`;
    writeFileSync(file, readFileSync(file, "utf8").replace(/sha384-[^"]+/, other));
    const { page, leave, expectStored } = await visitSite(scene(), DIST);
    await page.waitForLoadState("load");
    await page.getByRole("button").click();
    expect((await leave()).join()).toContain("integrity");
    await expectStored("name", []);
  });
}
