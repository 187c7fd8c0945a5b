import { expect, it } from "vitest";
import { rawOption } from "./raw-option.js";

it("gives the value as it was written, after a space or an equals sign", () => {
  expect(rawOption(["erase", "--user", "007"], "user")).toBe("007");
  expect(rawOption(["erase", "--user=1e3", "--json"], "user")).toBe("1e3");
  expect(rawOption(["erase", "--user=a=b"], "user")).toBe("a=b");
});

it("gives nothing where the option is absent", () => {
  expect(rawOption(["erase", "--users", "x"], "user")).toBeUndefined();
  expect(rawOption(["erase", "--user"], "user")).toBeUndefined();
});
