/** Wilson's 95 % interval of `hits` among `total`. */
export function wilson(hits: number, total: number): { low: number; high: number } | null {
  if (total === 0) return null;
  const z = 1.959963984540054;
  const share = hits / total;
  const scale = 1 + (z * z) / total;
  const middle = (share + (z * z) / (2 * total)) / scale;
  const half =
    (z / scale) * Math.sqrt((share * (1 - share)) / total + (z * z) / (4 * total * total));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
