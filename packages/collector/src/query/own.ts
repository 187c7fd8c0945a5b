import { LIMITS } from "@balise/schema";
import { z } from "zod";

/** Parameters that several questions have of their own. */
export const days = (usual: number, what: string) =>
  z.int().min(1).max(366).default(usual).describe(what);

export const eventName = (usual: string, what: string) =>
  z.string().min(1).max(LIMITS.nameCharacters).default(usual).describe(what);

export const eventNames = (usual: readonly string[], what: string) =>
  z
    .array(z.string().min(1).max(LIMITS.nameCharacters))
    .min(1)
    .max(100)
    .default([...usual])
    .describe(what);

/** Names that an order has in an import and on a page; one that comes by both counts once by its orderId. */
export const ORDERS = ["order", "order_completed"];
