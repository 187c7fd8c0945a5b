import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpError } from "../errors.js";
import { readJson } from "./body.js";
import { nestsDeeper } from "./depth.js";
import { inflate } from "./inflate.js";

const nothing = (): void => undefined;

describe("inflate", () => {
  it("gives what was compressed, of one part or several, and shows its beginning first", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300_000 }), async (content) => {
        const half = Math.floor(content.length / 2);
        const parts = [content.subarray(0, half), content.subarray(half)].map((part) =>
          gzipSync(part),
        );
        for (const body of [gzipSync(content), Buffer.concat(parts)]) {
          const beginnings: Buffer[] = [];
          const plain = await inflate(body, 1_000_000, (bytes) => void beginnings.push(bytes));
          expect(plain.equals(content)).toBe(true);
          expect(beginnings).toHaveLength(1);
          expect(
            plain.subarray(0, beginnings[0]?.length).equals(beginnings[0] ?? Buffer.of()),
          ).toBe(true);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("stops at the limit, and what refuses the beginning stops it there", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await expect(inflate(bomb, 1000, nothing)).rejects.toMatchObject({
      code: "too_large_decompressed",
    });
    const refuse = (): void => {
      throw new HttpError("unknown_key", "no");
    };
    await expect(inflate(bomb, 1000, refuse)).rejects.toMatchObject({ code: "unknown_key" });
  });

  it("takes hundreds of bodies at once, two after two, bombs and broken ones among them", async () => {
    const whole = gzipSync("x".repeat(100_000));
    const bomb = gzipSync(Buffer.alloc(5_000_000));
    let [inside, most] = [0, 0];
    const results = await Promise.allSettled(
      Array.from({ length: 300 }, async (_, n) => {
        const body = [whole, bomb, whole.subarray(0, -9)][n % 3] ?? whole;
        const work = inflate(body, 1_000_000, () => {
          inside++;
          most = Math.max(most, inside);
        });
        return work.finally(() => inside--);
      }),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(100);
    expect(most).toBeLessThanOrEqual(2);
    expect((await inflate(whole, 1_000_000, nothing)).length).toBe(100_000);
  });
});

describe("the depth of JSON", () => {
  it("is counted outside of texts", () => {
    expect(nestsDeeper(Buffer.from("[[[1]]]"), 3)).toBe(false);
    expect(nestsDeeper(Buffer.from('[[{"a":[1]}]]'), 3)).toBe(true);
    expect(nestsDeeper(Buffer.from('["[[[[[[", "\\"[[[[[", {}, [], [[]]]'), 3)).toBe(false);
  });

  it("is what the parsed value has", () => {
    const depthOf = (value: unknown): number =>
      typeof value === "object" && value !== null
        ? 1 + Math.max(0, ...Object.values(value).map(depthOf))
        : 0;
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(6), (value, limit) => {
        const text = `${JSON.stringify(value)}${" ".repeat(10)}`;
        expect(nestsDeeper(Buffer.from(text), limit)).toBe(depthOf(value) > limit);
      }),
    );
  });

  it("is bounded for a body, before it is parsed", () => {
    const deep = (depth: number): unknown =>
      readJson(Buffer.from("[".repeat(depth) + "]".repeat(depth)));
    expect(deep(50_000)).toMatchObject({ damagedText: false });
    expect(() => deep(1_000_000)).toThrow(/nests deeper than 65536/);
  });
});
