import { expect, test } from "vitest";
import { pageViews } from "./auto/page-views.js";
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
  pageViews(tag)();
});

test("the script-tag build does nothing there either", async () => {
  await expect(import("./script.js")).resolves.toBeDefined();
});
