import { expect, it } from "vitest";
import { Recent } from "./recent.js";

it("keeps what is asked for, lets go of the rest, and never holds more than twice its size", () => {
  const recent = new Recent<number>(10);
  recent.set("asked", 0);
  for (let number = 1; number <= 1000; number++) {
    recent.set(`key ${number}`, number);
    expect(recent.get("asked")).toBe(0);
  }
  const held = Array.from({ length: 1000 }, (_, n) => recent.get(`key ${n + 1}`)).filter(
    (value) => value !== undefined,
  );
  expect(held.length).toBeLessThan(20);
  expect(held).toContain(1000);
  expect(recent.get("key 1")).toBeUndefined();
});
