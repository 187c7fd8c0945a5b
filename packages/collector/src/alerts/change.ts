/**
 * The two-window tests: the interval of the difference between an indicator now and before.
 *
 *  - share: Newcombe's hybrid score interval (Statistics in Medicine 17, 1998, 873–890, method 10);
 *  - mean: Welch's interval (Biometrika 34, 1947, 28–35), degrees of freedom by Satterthwaite;
 *  - score: MOVER (Zou & Donner, Statistics in Medicine 27, 2008, 1693–1702) of the score's own
 *    intervals, their reaches scaled from 95 % by the normal quantile;
 *  - count: MOVER of the intervals of two Poisson counts (Byar's approximation of the exact one: Breslow &
 *    Day, Statistical Methods in Cancer Research II, 1987), the earlier scaled to the length of the later
 *    window.
 */
import jstat from "jstat";

const { normal, studentt } = jstat.jStat;

/** What a test exists for. */
export type TestedKind = "share" | "mean" | "score" | "count";

/** An indicator in one window. */
export interface Side {
  value: number;
  /** Its interval of 95 %; a count has none of its own. */
  low?: number;
  high?: number;
  /** What it is a share or mean of; a count is its own. */
  n: number;
}

export interface Change {
  difference: number;
  low: number;
  high: number;
}

/** The normal quantile of intervals of 95 %. */
const Z95 = 1.959963984540054;

/**
 * How the later window differs from the earlier, at the confidence of a two-sided interval.
 * @param scale length of the later window by that of the earlier, which counts are scaled by.
 */
export function changeOf(
  kind: TestedKind,
  later: Side,
  earlier: Side,
  { confidence, scale }: { confidence: number; scale: number },
): Change {
  const z = normal.inv((1 + confidence) / 2, 0, 1);
  switch (kind) {
    case "share":
      return squareAndAdd(wilson(later, z), wilson(earlier, z));
    case "mean":
      return welch(later, earlier, confidence);
    case "score":
      return squareAndAdd(stretched(later, z), stretched(earlier, z));
    default: {
      const [value, low, high] = poisson(earlier.value, z);
      return squareAndAdd(poisson(later.value, z), [value * scale, low * scale, high * scale]);
    }
  }
}

type Interval = readonly [value: number, low: number, high: number];

function squareAndAdd([a, aLow, aHigh]: Interval, [b, bLow, bHigh]: Interval): Change {
  return {
    difference: a - b,
    low: a - b - Math.hypot(a - aLow, bHigh - b),
    high: a - b + Math.hypot(aHigh - a, b - bLow),
  };
}

/** Wilson, JASA 22, 1927. */
function wilson({ value: p, n }: Side, z: number): Interval {
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const variance = (p * (1 - p)) / n + (z * z) / (4 * n * n);
  const reach = (z * Math.sqrt(Math.max(0, variance))) / (1 + (z * z) / n);
  return [p, Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

/** Byar's approximation. */
function poisson(count: number, z: number): Interval {
  const end = (cases: number, sign: number): number =>
    cases * Math.max(0, 1 - 1 / (9 * cases) + (sign * z) / (3 * Math.sqrt(cases))) ** 3;
  return [count, count === 0 ? 0 : end(count, -1), end(count + 1, 1)];
}

function stretched({ value, low = value, high = value }: Side, z: number): Interval {
  return [value, value - ((value - low) * z) / Z95, value + ((high - value) * z) / Z95];
}

function welch(later: Side, earlier: Side, confidence: number): Change {
  const difference = later.value - earlier.value;
  const [a, b] = [later, earlier].map((side) => ({
    variance: standardError(side) ** 2,
    n: side.n,
  }));
  if (a === undefined || b === undefined) return { difference, low: difference, high: difference };
  const variance = a.variance + b.variance;
  // Both windows hold one value over and over.
  if (variance === 0) return { difference, low: difference, high: difference };
  const freedom = variance ** 2 / (a.variance ** 2 / (a.n - 1) + b.variance ** 2 / (b.n - 1));
  const reach = studentt.inv((1 + confidence) / 2, freedom) * Math.sqrt(variance);
  return { difference, low: difference - reach, high: difference + reach };
}

/** Of a mean, from its Student interval of 95 %. */
function standardError({ value, high = value, n }: Side): number {
  return (high - value) / studentt.inv(0.975, n - 1);
}

/**
 * What a share is of, from its Wilson interval of 95 %, for answers that do not tell: with u = z²/n, half
 * its width h satisfies (h² - ¼)·u² + (2h² - p(1-p))·u + h² = 0, which has one positive root.
 */
export function sizeOfShare(share: number, low: number, high: number): number {
  const h2 = ((high - low) / 2) ** 2;
  const [a, b] = [h2 - 0.25, 2 * h2 - share * (1 - share)];
  const u = (-b - Math.sqrt(b * b - 4 * a * h2)) / (2 * a);
  return Math.round((Z95 * Z95) / u);
}
