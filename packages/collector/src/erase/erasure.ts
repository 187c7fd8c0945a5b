import { LIMITS } from "@balise/schema";
import { z } from "zod";
import type { Person } from "../store/erase/index.js";

const NIL = "00000000-0000-0000-0000-000000000000";

/** The body of `POST /v1/erase`. */
export const personSchema = z
  .strictObject({
    userId: z
      .string()
      .min(1)
      .max(LIMITS.identifierCharacters)
      // As the tables hold it: half a surrogate pair is no UTF-8.
      .transform((id) => id.toWellFormed())
      .optional(),
    anonymousId: z
      .uuid()
      .transform((id) => id.toLowerCase())
      .refine((id) => id !== NIL, { error: "is the nil UUID" })
      .optional(),
  })
  .refine(({ userId, anonymousId }) => userId !== undefined || anonymousId !== undefined, {
    error: "name a userId, an anonymousId, or both",
  }) satisfies z.ZodType<Person>;

/** One request to erase, as it is kept on disk until nothing of the person is left. */
export const erasureSchema = z.object({
  /** Says nothing about the person. */
  requestId: z.uuid(),
  siteId: z.string(),
  /** Epoch milliseconds: what was received until then is erased, what comes later is kept. */
  requestedAt: z.number(),
  by: z.array(z.enum(["userId", "anonymousId"])),
  /** Taken out as soon as the rows are gone. */
  person: z
    .object({ userId: z.string().optional(), anonymousId: z.string().optional() })
    .optional(),
  /** Rows by table. */
  removed: z.record(z.string(), z.number()),
  /** Files of harmed segments that held an id of the person. */
  damagedFiles: z.number(),
  /** When the rows were gone, epoch seconds by ClickHouse's clock. */
  erasedAt: z.number().optional(),
});

export type Erasure = z.infer<typeof erasureSchema>;

/**
 * `waiting` for what was accepted before to be inserted; `erasing` rows; `clearing` until ClickHouse
 * has removed the files that the rows were in; `done`.
 */
export type ErasureState = "waiting" | "erasing" | "clearing" | "done";

/** What a caller is told: nothing about the person. */
export interface ErasureStatus {
  requestId: string;
  state: ErasureState;
  requestedAt: string;
  removed: Record<string, number>;
  /** Parts that ClickHouse has still to write anew; while erasing alone. */
  partsLeft?: number;
  /** Why it does not go on; it is tried again. */
  problem?: string;
}
