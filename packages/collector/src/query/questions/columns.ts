import { z } from "zod";
import type { Column } from "../columns.js";

const withInterval =
  (kind: "share" | "mean") =>
  (name: string, stem: string, n: string): readonly Column[] => {
    const [low, high] = [`${stem}Low`, `${stem}High`];
    return [
      { name, kind, low, high, n, nullable: true },
      { name: low, kind: "bound", nullable: true },
      { name: high, kind: "bound", nullable: true },
    ];
  };

/** A share with the ends of its interval, `${stem}Low` and `${stem}High`; nothing of nothing is null. */
export const share = withInterval("share");

/** A mean likewise. */
export const mean = withInterval("mean");

/** How many rows a list has at most. */
export const limit = z.int().min(1).max(10_000).default(1000).describe("How many rows at most");
