/** The next number that reads well on an axis: 1, 2, 2.5 or 5 times a power of ten. */
export function niceAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= value * (1 - 1e-9));
  return (step ?? 10) * power;
}

export interface Scale {
  low: number;
  high: number;
  /** Place of a value from 0 to 1, within the scale. */
  at: (value: number) => number;
}

/** A scale from zero, or from the lowest where that is below it, to a number that reads well. */
export function scaleOf(values: readonly number[], top = Infinity): Scale {
  const highest = Math.max(0, ...values);
  const lowest = Math.min(0, ...values);
  const high = highest === 0 && lowest < 0 ? 0 : Math.min(niceAbove(highest), top);
  const low = lowest < 0 ? -niceAbove(-lowest) : 0;
  const at = (value: number): number => Math.min(1, Math.max(0, (value - low) / (high - low)));
  return { low, high, at };
}
