import { expect, it } from "vitest";
import { visitorReader } from "./visitor.js";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

it("gives one object for the same headers and place, another for others", () => {
  const read = visitorReader((address) => ({
    country: address.startsWith("192.0.2.") ? "FR" : "BE",
    region: "",
  }));
  const first = read({ "user-agent": FIREFOX, "x-request-id": "1" }, "192.0.2.1");
  expect(first).toMatchObject({ country: "FR", device: { browser: "Firefox", os: "Linux" } });
  expect(read({ "user-agent": FIREFOX, "x-request-id": "2" }, "192.0.2.2")).toBe(first);
  expect(read({ "user-agent": FIREFOX }, "198.51.100.1")).toMatchObject({ country: "BE" });
  const hinted = { "user-agent": FIREFOX, "sec-ch-ua": '"Brave";v="142"' };
  expect(read(hinted, "192.0.2.1")).toMatchObject({ device: { browser: "Brave" } });
  expect(read(hinted, "192.0.2.1")).toBe(read({ ...hinted }, "192.0.2.3"));
  expect(read({}, "192.0.2.1")).toMatchObject({ country: "FR", device: { browser: "" } });
});
