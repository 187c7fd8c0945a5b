import { eventSchema } from "@balise/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { uuidV7, uuidV8 } from "./uuid.js";

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const isId = (text: string) => eventSchema.shape.id.safeParse(text).success;

test("a version 7 begins with its time and is an id for the wire", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), bytes(10), (time, random) => {
      const uuid = uuidV7(time, random);
      expect(parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)).toBe(time);
      expect(uuid[14]).toBe("7");
      expect(isId(uuid)).toBe(true);
    }),
  );
});

test("a version 8 keeps 122 of its bits", () => {
  expect(uuidV8(Buffer.alloc(16, 0xff))).toBe("ffffffff-ffff-8fff-bfff-ffffffffffff");
  expect(uuidV8(Buffer.alloc(16, 0))).toBe("00000000-0000-8000-8000-000000000000");
  fc.assert(fc.property(bytes(16), (random) => isId(uuidV8(random))));
});
