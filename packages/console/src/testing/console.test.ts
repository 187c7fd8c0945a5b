import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { Stage } from "./stage.js";
import { funnelSuite } from "./suites/funnel.js";
import { gateSuite } from "./suites/gate.js";
import { liveSuite } from "./suites/live.js";
import { topicsSuite } from "./suites/topics.js";
import { pagesSuite } from "./suites/pages.js";

const stage = await Stage.build();
afterAll(() => stage.close());

describe("the console in Chromium, under the collector's policy", () => {
  beforeEach(() => stage.set());
  afterEach(() => stage.strike());
  gateSuite(stage);
  funnelSuite(stage);
  liveSuite(stage);
  topicsSuite(stage);
  pagesSuite(stage);
});

it("weighs less than 58 KB compressed", async () => {
  const files = ["app.js", "app.css", "index.html", "icon.svg"];
  const sizes = await Promise.all(
    files.map(async (name) => {
      return gzipSync(await readFile(join(stage.directory, name)), { level: 9 }).length;
    }),
  );
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(58 * 1024);
});
