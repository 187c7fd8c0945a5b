// @vitest-environment happy-dom
import { expect, test, vi } from "vitest";
import { createTag } from "./create-tag.js";

test("a host that is none is told in the console, and the page goes on", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const tag = createTag({ key: "wk", host: "https://[" });
  tag.track("cart_added");
  expect(warn.mock.calls).toHaveLength(1);
  expect(warn.mock.calls[0]?.[1]).toContain("Invalid URL");
  warn.mockRestore();
});
