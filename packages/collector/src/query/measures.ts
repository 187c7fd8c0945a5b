import type { Column } from "./columns.js";

const bounds = (name: string, nullable: boolean): Column[] => [
  { name: `${name}Low`, kind: "bound", nullable },
  { name: `${name}High`, kind: "bound", nullable },
];

/** A share of `n`, with the ends of its interval behind it; none where `n` is 0. */
export const shareColumns = (name: string, n: string): Column[] => [
  { name, kind: "share", low: `${name}Low`, high: `${name}High`, n, nullable: true },
  ...bounds(name, true),
];

/** A mean of `n` measures, with the ends of its interval behind it. */
export const meanColumns = (name: string, n: string): Column[] => [
  { name, kind: "mean", low: `${name}Low`, high: `${name}High`, n, nullable: true },
  ...bounds(name, true),
];

export const counts = (...names: string[]): Column[] =>
  names.map((name) => ({ name, kind: "count" }));

/** Times of which there may be none. */
export const times = (...names: string[]): Column[] =>
  names.map((name) => ({ name, kind: "seconds", nullable: true }));
