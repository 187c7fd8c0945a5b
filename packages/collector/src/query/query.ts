import type { Plan } from "@balise/schema";
import type { z } from "zod";
import type { ParameterValue } from "./parameters.js";

export interface Statement {
  sql: string;
  params: Record<string, ParameterValue>;
}

/** What the collector knows, for questions about it. */
export interface Known {
  /** Its tracking plan. */
  plan?: Plan | undefined;
}

/** A question that has a name: asked over HTTP, on the command line and by the console alike. */
export interface Query {
  name: string;
  question: string;
  unit: string;
  definition: string;
  caveat: string;
  parameters: z.ZodType;
  /**
   * The statement for parameters from outside.
   * @throws z.ZodError for parameters that do not fit.
   */
  build: (input: unknown, siteId: string, known?: Known) => Statement;
  /** Types that JSON lacks, put right in each row. */
  row: (row: Record<string, unknown>) => Record<string, unknown>;
}
