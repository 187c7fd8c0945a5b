import { readdir } from "node:fs/promises";
import { expect, test } from "vitest";
import { createTag } from "./index.js";

test("on a server the tag does nothing and throws nothing", async () => {
  expect(typeof window).toBe("undefined");
  const tag = createTag({ key: "wk", host: "https://c.test" });
  tag.track("cart_added", { product: "lamp" });
  tag.page();
  tag.identify("u1");
  tag.group("a1");
  tag.consent("full");
  tag.reset();
  await tag.flush();
});

test("every instrument does nothing there, and stops", async () => {
  const calls: unknown[] = [];
  const tag = { track: () => calls.push("track"), page: () => calls.push("page") };
  const files = await readdir(new URL("auto", import.meta.url));
  const names = files.filter((file) => /^[a-z-]+\.ts$/.test(file)).map((file) => file.slice(0, -3));
  expect(names).toContain("page-views");
  for (const name of names) {
    const instrument: { [name: string]: (to: typeof tag) => () => void } = await import(
      `./auto/${name}.ts`
    );
    for (const start of Object.values(instrument)) start(tag)();
  }
  expect(calls).toEqual([]);
});

test("the script-tag builds do nothing there either", async () => {
  await expect(import("./script-core.js")).resolves.toBeDefined();
  await expect(import("./script-all.js")).resolves.toBeDefined();
});
