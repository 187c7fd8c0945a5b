import { join } from "node:path";
import { expect, test } from "vitest";
import { buildExample, folderOf } from "./build.js";
import { LAMPS_COLUMNS, lampsEvents, visitLamps } from "./lamps.js";
import type { Scene } from "./scene.js";
import { visitSite } from "./visit.js";

export function vueExample(scene: Scene): void {
  test("routes and what components tell are counted once, in their order", async () => {
    await buildExample("vue", scene().collector);
    const visit = await visitSite(scene(), join(folderOf("vue"), "dist"));
    await visitLamps(visit.page);
    expect(await visit.leave()).toEqual([]);
    await visit.expectStored(
      LAMPS_COLUMNS,
      lampsEvents(() => "Lamp"),
    );
  });
}
