import { z } from "zod";
import type { Column } from "../columns.js";

/** A share with the ends of its interval, `${stem}Low` and `${stem}High`; nothing of nothing is null. */
export const share = (name: string, stem: string, n: string): readonly Column[] => {
  const [low, high] = [`${stem}Low`, `${stem}High`];
  return [
    { name, kind: "share", low, high, n, nullable: true },
    { name: low, kind: "bound", nullable: true },
    { name: high, kind: "bound", nullable: true },
  ];
};

/** A mean of `n` measures, with the ends of its interval; of nothing there is none. */
export const mean = (name: string, n: string): readonly Column[] => {
  const [low, high] = [`${name}Low`, `${name}High`];
  return [
    { name, kind: "mean", low, high, n, nullable: true },
    { name: low, kind: "bound", nullable: true },
    { name: high, kind: "bound", nullable: true },
  ];
};

export const counts = (...names: string[]): Column[] =>
  names.map((name) => ({ name, kind: "count" }));

/** Times of which there may be none. */
export const times = (...names: string[]): Column[] =>
  names.map((name) => ({ name, kind: "seconds", nullable: true }));

/** How many rows a list has at most. */
export const limit = z.int().min(1).max(10_000).default(1000).describe("How many rows at most");
