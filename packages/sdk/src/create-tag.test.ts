// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { createTag } from "./create-tag.js";

test.each([
  [{ key: "", host: "https://c.test" }, "no key"],
  [{ key: "wk", host: "https://" }, "Invalid URL"],
])("options that cannot work are told in the console, and the page goes on", (options, words) => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const tag = createTag(options);
  tag.track("cart_added");
  expect(warn.mock.calls).toHaveLength(1);
  expect(warn.mock.calls[0]?.[1]).toContain(words);
  warn.mockRestore();
});
