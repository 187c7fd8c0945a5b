import { z } from "zod";

/** Which metrics with a score are asked about. */
export const METRICS = z
  .array(z.enum(["nps", "csat", "ces", "stars", "smiley", "thumbs"]))
  .min(1)
  .max(6);
