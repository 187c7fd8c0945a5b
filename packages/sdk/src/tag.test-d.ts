// oxlint-disable vitest/expect-expect -- what each line asserts is that it compiles, or does not
import { test } from "vitest";
import { pageViews } from "./auto/page-views.js";
import { createTag } from "./index.js";

interface CartAdded {
  product: string;
  price: number;
  gift?: boolean;
}

interface ShopEvents {
  cart_added: CartAdded;
  searched: { words?: string };
  logged_out: undefined;
}

const options = { key: "wk", host: "https://c.test" };

test("a tracking plan takes its events", () => {
  const tag = createTag<ShopEvents>(options);
  tag.track("cart_added", { product: "lamp", price: 3 }, { value: 3, currency: "EUR" });
  tag.track("searched");
  tag.track("searched", { words: "lamp" });
  tag.track("logged_out");
  tag.track("logged_out", undefined, { outcome: "success" });
  pageViews(tag);
});

test("a tracking plan refuses everything else", () => {
  const tag = createTag<ShopEvents>(options);
  // @ts-expect-error -- no such event
  tag.track("cart_add", { product: "lamp", price: 3 });
  // @ts-expect-error -- price is a number
  tag.track("cart_added", { product: "lamp", price: "3" });
  // @ts-expect-error -- price is missing
  tag.track("cart_added", { product: "lamp" });
  // @ts-expect-error -- properties are missing
  tag.track("cart_added");
  // @ts-expect-error -- no such property
  tag.track("cart_added", { product: "lamp", price: 3, colour: "red" });
  // @ts-expect-error -- this event has no properties
  tag.track("logged_out", { why: "late" });
  // @ts-expect-error -- no such outcome
  tag.track("searched", {}, { outcome: "good" });
});

test("without a plan any name and any JSON are free", () => {
  const tag = createTag(options);
  tag.track("anything", { at: [1, { all: true }] }, { area: "connected" });
  // @ts-expect-error -- a function is no JSON
  tag.track("anything", { run: () => 1 });
});
