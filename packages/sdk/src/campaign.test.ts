import { expect, test } from "vitest";
import { campaignOf } from "./campaign.js";

test("the utm parameters become the campaign", () => {
  expect(
    campaignOf(
      "?utm_source=news&utm_medium=email&utm_campaign=spring%20sale&utm_term=t&utm_content=c",
    ),
  ).toEqual({ source: "news", medium: "email", name: "spring sale", term: "t", content: "c" });
});

test("of a click id only its kind is kept", () => {
  expect(campaignOf("?gclid=SECRET-VALUE")).toEqual({ clickIdType: "gclid" });
});

test.each(
  "gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id igshid epik rdt_cid ScCid yclid".split(
    " ",
  ),
)("%s is a click id", (name) => {
  expect(campaignOf(`?a=1&${name}=x`)).toEqual({ clickIdType: name.toLowerCase() });
});

test("an address without campaign tells of none", () => {
  expect(campaignOf("?q=1&utm_source=&sclid_old=2&utm_other=3")).toBeUndefined();
});

test("a long value is cut", () => {
  expect(campaignOf(`?utm_source=${"s".repeat(999)}`)?.source).toHaveLength(256);
});
