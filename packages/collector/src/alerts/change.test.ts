import { describe, expect, it } from "vitest";
import { changeOf, type Side, sizeOfShare, type TestedKind } from "./change.js";

const share = (count: number, n: number): Side => ({ value: count / n, n });

/** The same numbers each time, uniform in 0…1. */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}

describe("the interval of a difference", () => {
  it.each([
    // Newcombe 1998, table II: method 10, without continuity correction.
    [share(56, 70), share(48, 80), [0.0524, 0.3339]],
    [share(9, 10), share(3, 10), [0.1705, 0.809]],
    [share(6, 7), share(2, 7), [0.0582, 0.8062]],
    [share(5, 56), share(0, 29), [-0.0381, 0.1926]],
    [share(10, 10), share(0, 10), [0.6075, 1]],
  ])("of shares is the one that Newcombe published: %j %j", (later, earlier, [low, high]) => {
    const change = changeOf("share", later, earlier, { confidence: 0.95, scale: 1 });
    expect(change.low).toBeCloseTo(low ?? 0, 4);
    expect(change.high).toBeCloseTo(high ?? 0, 4);
  });

  it("of means is Welch's, of published samples", () => {
    // Student's sleep data (Biometrika 6, 1908), as R's t.test prints it: -3.3654832 to 0.2054832.
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const change = changeOf("mean", meanOf(one), meanOf(two), { confidence: 0.95, scale: 1 });
    expect(change.low).toBeCloseTo(-3.3654832, 6);
    expect(change.high).toBeCloseTo(0.2054832, 6);
  });

  it("of means without any spread is the difference", () => {
    const change = changeOf("mean", meanOf([2, 2]), meanOf([1, 1]), { confidence: 0.95, scale: 1 });
    expect(change).toEqual({ difference: 1, low: 1, high: 1 });
  });

  it("of scores adds their reaches as squares, wider with the confidence", () => {
    const later = { value: 30, low: 20, high: 40, n: 200 };
    const earlier = { value: 50, low: 44, high: 56, n: 900 };
    const usual = changeOf("score", later, earlier, { confidence: 0.95, scale: 1 });
    expect(usual.low).toBeCloseTo(-20 - Math.hypot(10, 6), 9);
    const sure = changeOf("score", later, earlier, { confidence: 0.99, scale: 1 });
    expect(sure.high).toBeCloseTo(-20 + (Math.hypot(10, 6) * 2.5758293035489) / 1.9599639845401, 9);
  });

  it.each([
    // Garwood's exact intervals, from tables of the Poisson distribution.
    [1, 0.0253, 5.5716],
    [5, 1.6235, 11.6683],
    [10, 4.7954, 18.3904],
    [50, 37.1105, 65.9186],
    [100, 81.3636, 121.6275],
  ])("of counts is that of %i to within a hundredth of its width", (count, low, high) => {
    const change = changeOf(
      "count",
      { value: count, n: count },
      // Nothing in an endless time before: what is left is the count's own interval.
      { value: 0, n: 0 },
      { confidence: 0.95, scale: 1e-9 },
    );
    expect(Math.abs(change.low - low)).toBeLessThan((high - low) / 100);
    expect(Math.abs(change.high - high)).toBeLessThan((high - low) / 100);
  });

  it("of counts scales the earlier to the length of the later", () => {
    const options = { confidence: 0.95, scale: 1 / 7 };
    const change = changeOf("count", { value: 20, n: 20 }, { value: 70, n: 70 }, options);
    expect(change.difference).toBe(10);
    expect(change.low).toBeGreaterThan(1);
    const nothing = changeOf("count", { value: 0, n: 0 }, { value: 0, n: 0 }, options);
    expect(nothing.low).toBeLessThan(0);
    expect(nothing.high).toBeGreaterThan(0);
  });
});

function meanOf(values: readonly number[]): Side {
  const n = values.length;
  const value = values.reduce((sum, one) => sum + one, 0) / n;
  const variance = values.reduce((sum, one) => sum + (one - value) ** 2, 0) / (n - 1);
  // Student's quantile at 0.975 of 1, 9, 29 and 39 degrees of freedom, from a table.
  const tabled: Record<number, number> = {
    2: 12.7062047,
    10: 2.26215716,
    30: 2.04522964,
    40: 2.02269092,
  };
  const reach = (tabled[n] ?? Number.NaN) * Math.sqrt(variance / n);
  return { value, low: value - reach, high: value + reach, n };
}

describe("of things that did not change, the interval leaves out 0 about as often as it says", () => {
  const random = sequence(7);
  const poisson = (mean: number): number => {
    let [count, product] = [0, random()];
    for (const limit = Math.exp(-mean); product > limit; product *= random()) count += 1;
    return count;
  };
  const binomial = (n: number, p: number): number =>
    Array.from({ length: n }, random).filter((one) => one < p).length;
  const normal = (deviation: number): number =>
    deviation * Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  const normals = (n: number, deviation: number): Side =>
    meanOf(Array.from({ length: n }, () => normal(deviation)));
  const counted = (mean: number): Side => {
    const value = poisson(mean);
    return { value, n: value };
  };

  it.each<[TestedKind, number, () => Side, () => Side]>([
    ["share", 1, () => share(binomial(150, 0.1), 150), () => share(binomial(600, 0.1), 600)],
    ["mean", 1, () => normals(30, 5), () => normals(40, 1)],
    ["count", 1 / 7, () => counted(12), () => counted(84)],
  ])("%s", (kind, scale, later, earlier) => {
    const RUNS = 4000;
    let wrong = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const { low, high } = changeOf(kind, later(), earlier(), { confidence: 0.9, scale });
      if (low > 0 || high < 0) wrong += 1;
    }
    expect(wrong / RUNS).toBeGreaterThan(0.07);
    expect(wrong / RUNS).toBeLessThan(0.13);
  });
});

it("what a share is of is found from its interval", () => {
  const z2 = 1.959963984540054 ** 2;
  for (const n of [1, 2, 7, 100, 12_345, 1_000_000]) {
    for (const count of new Set([0, 1, Math.floor(n / 3), Math.ceil(n / 2), n])) {
      const p = count / n;
      const middle = (p + z2 / (2 * n)) / (1 + z2 / n);
      const reach = Math.sqrt(z2 * ((p * (1 - p)) / n + z2 / (4 * n * n))) / (1 + z2 / n);
      expect(sizeOfShare(p, middle - reach, middle + reach)).toBe(n);
    }
  }
});
