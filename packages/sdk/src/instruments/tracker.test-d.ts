// oxlint-disable vitest/expect-expect -- what each line asserts is that it compiles, or does not
import { test } from "vitest";
import { createTag } from "../index.js";
import type { Tracker } from "./tracker.js";

const options = { key: "wk", host: "https://c.test" };
const start = (tag: Tracker): void => void tag;

test("an instrument takes a tag with any tracking plan", () => {
  start(createTag(options));
  start(createTag<{ cart_added: { product: string }; logged_out: undefined }>(options));
  // @ts-expect-error -- no tag at all
  start({});
});
