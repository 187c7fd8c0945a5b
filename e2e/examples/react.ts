import { join } from "node:path";
import { expect, test } from "vitest";
import { buildExample, folderOf } from "./build.js";
import { LAMPS_COLUMNS, lampsEvents, visitLamps } from "./lamps.js";
import type { Scene } from "./scene.js";
import { visitSite } from "./visit.js";

export function reactExample(scene: Scene): void {
  // StrictMode runs effects twice in a development build alone.
  test.each(["production", "development"])(
    "built for %s, routes and effects count once, in their order",
    async (NODE_ENV) => {
      await buildExample("react", scene().collector, { NODE_ENV });
      const visit = await visitSite(scene(), join(folderOf("react"), "dist"));
      await visitLamps(visit.page);
      expect(await visit.leave()).toEqual([]);
      await visit.expectStored(
        LAMPS_COLUMNS,
        lampsEvents((lamp) => `Lamp ${lamp}`),
      );
    },
  );
}
