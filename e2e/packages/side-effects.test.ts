/** What a bundler of a user's keeps of the packed tag. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { rollup } from "rollup";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder } from "../support/folder.js";
import { install, pack, type Packed } from "../support/packed.js";

const user = makeFolder();
let packed: Packed;

beforeAll(async () => {
  packed = await pack("sdk");
  install(packed, user.path);
});
afterAll(() => {
  packed?.remove();
  user.remove();
});

async function bundled(entry: string): Promise<string> {
  const input = join(user.path, "user.js");
  writeFileSync(input, `import ${JSON.stringify(entry)};`);
  const build = await rollup({ input, plugins: [nodeResolve()], onLog: () => undefined });
  const { output } = await build.generate({ format: "es" });
  await build.close();
  return output[0].code.trim();
}

test("a script is kept when it is imported, and a module goes when nothing of it is used", async () => {
  const entries = packed.entries.filter((entry) => !entry.endsWith(".json"));
  expect(entries.length).toBeGreaterThan(3);
  const kept: string[] = [];
  for (const entry of entries) if ((await bundled(entry)) !== "") kept.push(entry);
  expect(kept).toEqual(entries.filter((entry) => entry.endsWith(".js")));
});
