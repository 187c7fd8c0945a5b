import { expect, it } from "vitest";
import { parsedUrl } from "./parsed-url.js";

it("an address with an accent is read alike however often it comes", () => {
  let read = 0;
  for (let times = 0; times < 20_000; times++) {
    if (parsedUrl("https://café.fr/a")?.hostname === "xn--caf-dma.fr") read += 1;
  }
  expect(read).toBe(20_000);
});

it("what is no address is none", () => {
  expect(parsedUrl("https://[x/")).toBeUndefined();
});
