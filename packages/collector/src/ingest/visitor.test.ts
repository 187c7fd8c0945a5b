import { expect, it } from "vitest";
import { visitorReader } from "./visitor.js";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

it("gives one object for the same headers and place, another for others", () => {
  const read = visitorReader();
  const france = { country: "FR", region: "" };
  const first = read({ "user-agent": FIREFOX, "x-request-id": "1" }, france);
  expect(first).toMatchObject({ country: "FR", device: { browser: "Firefox", os: "Linux" } });
  expect(read({ "user-agent": FIREFOX, "x-request-id": "2" }, { ...france })).toBe(first);
  expect(read({ "user-agent": FIREFOX }, { country: "BE", region: "" })).toMatchObject({
    country: "BE",
  });
  const hinted = { "user-agent": FIREFOX, "sec-ch-ua": '"Brave";v="142"' };
  expect(read(hinted, france)).toMatchObject({ device: { browser: "Brave" } });
  expect(read(hinted, france)).toBe(read({ ...hinted }, france));
  expect(read({}, france)).toMatchObject({ country: "FR", device: { browser: "" } });
});
