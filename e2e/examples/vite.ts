import { join } from "node:path";
import { expect, test } from "vitest";
import { buildExample, folderOf } from "./build.js";
import type { Scene } from "./scene.js";
import { visitSite } from "./visit.js";

export function viteExample(scene: Scene): void {
  test("its events are stored as the plan types them, without a name until the visitor agrees", async () => {
    const { collector } = scene();
    await buildExample("vite", collector);
    const visit = await visitSite(scene(), join(folderOf("vite"), "dist"));
    await visit.page.locator('[data-lamp="heron"]').click();
    await visit.page.locator("#light").selectOption("warm");
    await visit.page.locator("#empty").click();
    await visit.page.locator("#agree").click();
    const complaints = await visit.leave();

    const exempt = { consent: "exempt", user_id: "", traits: {} };
    const full = { consent: "full", user_id: "customer-42", traits: { plan: "family" } };
    await visit.expectStored("name, properties, value, consent, user_id, traits", [
      { name: "page_view", properties: {}, value: null, ...exempt },
      { name: "cart_added", properties: { lamp: "heron", quantity: 1 }, value: 49, ...exempt },
      { name: "lamps_filtered", properties: { light: "warm" }, value: null, ...exempt },
      { name: "cart_emptied", properties: {}, value: null, ...exempt },
      { name: "identify", properties: {}, value: null, ...full },
    ]);
    expect(complaints).toEqual([]);
  });
}
