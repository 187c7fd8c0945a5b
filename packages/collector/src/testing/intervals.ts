/** Intervals of 95 % in plain code, which share nothing with `sql/parts/macros.sql`. */

export const Z = 1.959963984540054;

export function wilson(x: number, n: number): [low: number, high: number] {
  const p = x / n;
  const middle = (p + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const reach = (Z / (1 + (Z * Z) / n)) * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n));
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}

/** A share and its interval by these names; nothing of nothing is null. */
export const sharesOf = (
  x: number,
  n: number,
  names: readonly [string, string, string],
): Record<string, number | null> => {
  const [low, high] = n === 0 ? [null, null] : wilson(x, n);
  return { [names[0]]: n === 0 ? null : x / n, [names[1]]: low, [names[2]]: high };
};

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Student's interval of a mean; of one value alone there is none. */
export function student(values: readonly number[]): [low: number, high: number] | [null, null] {
  if (values.length < 2) return [null, null];
  const middle = mean(values);
  const variance =
    values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  const reach = quantile(values.length - 1) * Math.sqrt(variance / values.length);
  return [middle - reach, middle + reach];
}

const quantiles = new Map<number, number>();

/** Student's t at 0.975, where the area under its density (Simpson's rule) from 0 is 0.475. */
function quantile(df: number): number {
  const known = quantiles.get(df);
  if (known !== undefined) return known;
  let [low, high] = [1.9, 13];
  for (let round = 0; round < 50; round++) {
    const middle = (low + high) / 2;
    if (areaTo(middle, df) < 0.475) low = middle;
    else high = middle;
  }
  quantiles.set(df, low);
  return low;
}

function areaTo(end: number, df: number): number {
  const steps = 2000;
  const density = (t: number): number => (1 + (t * t) / df) ** (-(df + 1) / 2);
  let sum = density(0) + density(end);
  for (let n = 1; n < steps; n++) sum += (n % 2 === 0 ? 2 : 4) * density((end * n) / steps);
  return ((sum * end) / steps / 3) * constantOf(df);
}

/** Γ((df + 1) / 2) / (√(df π) Γ(df / 2)), by the recursion over df from 1 and 2. */
function constantOf(df: number): number {
  let ratio = df % 2 === 1 ? 1 / Math.sqrt(Math.PI) : Math.sqrt(Math.PI) / 2;
  for (let n = df % 2 === 1 ? 1 : 2; n < df; n += 2) ratio *= (n + 1) / n;
  return ratio / Math.sqrt(df * Math.PI);
}
