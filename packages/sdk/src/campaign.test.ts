import { expect, test } from "vitest";
import { campaignOf } from "./campaign.js";

test("the utm parameters become the campaign", () => {
  expect(
    campaignOf(
      "https://shop.test/?utm_source=news&utm_medium=email&utm_campaign=spring%20sale&utm_term=t&utm_content=c#x",
    ),
  ).toEqual({ source: "news", medium: "email", name: "spring sale", term: "t", content: "c" });
});

test("of a click id only its kind is kept", () => {
  const campaign = campaignOf("https://shop.test/?gclid=SECRET-VALUE");
  expect(campaign).toEqual({ clickIdType: "gclid" });
});

test("an address without campaign, or with one after the hash, tells of none", () => {
  expect(campaignOf("https://shop.test/?q=1")).toBeUndefined();
  expect(campaignOf("https://shop.test/#?utm_source=x")).toBeUndefined();
});

test("a long value is cut", () => {
  expect(campaignOf(`https://shop.test/?utm_source=${"s".repeat(999)}`)?.source).toHaveLength(256);
});
