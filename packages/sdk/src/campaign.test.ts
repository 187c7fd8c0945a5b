import { expect, test } from "vitest";
import { landingOf } from "./campaign.js";

test("the utm parameters become the campaign", () => {
  expect(
    landingOf(
      "?utm_source=news&utm_medium=email&utm_campaign=spring%20sale&utm_term=t&utm_content=c",
    ).campaign,
  ).toEqual({ source: "news", medium: "email", name: "spring sale", term: "t", content: "c" });
});

test("of a click id its kind is told, and the value apart", () => {
  expect(landingOf("?gclid=SECRET-VALUE")).toEqual({
    campaign: { clickIdType: "gclid" },
    clickId: "SECRET-VALUE",
  });
});

test.each(
  "gclid gbraid wbraid dclid fbclid msclkid ttclid twclid li_fat_id igshid epik rdt_cid ScCid yclid".split(
    " ",
  ),
)("%s is a click id", (name) => {
  expect(landingOf(`?a=1&${name}=x`).campaign).toEqual({ clickIdType: name.toLowerCase() });
});

test("an address without campaign tells of none", () => {
  expect(landingOf("?q=1&utm_source=&sclid_old=2&utm_other=3")).toEqual({});
});

test("a long value is cut", () => {
  expect(landingOf(`?utm_source=${"s".repeat(999)}`).campaign?.source).toHaveLength(256);
});
