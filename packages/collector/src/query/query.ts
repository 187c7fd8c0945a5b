import type { Plan } from "@balise/schema";
import type { z } from "zod";
import type { Column } from "./columns.js";
import type { ParameterValue } from "./parameters.js";
import type { Target } from "./target.js";

export interface Statement {
  sql: string;
  params: Record<string, ParameterValue>;
}

/** A statement that answers a question, and what its rows are. */
export interface Asked extends Statement {
  row: readonly Column[];
  /**
   * How many groups there are, small or not; only where groups may be withheld. It is asked when no
   * row is left: then all of them were.
   */
  groups?: Statement;
}

/** What a statement depends on beside its parameters. */
export interface Asking {
  /** Groups of fewer people (or answers) are not shown; 1 shows all. */
  minGroup: number;
  now: () => number;
  /** The tracking plan, where the collector has one. */
  plan?: Plan | undefined;
  /** What indicators are to be, where the collector was told. */
  targets?: readonly Target[] | undefined;
}

/** Asks ClickHouse what a statement cannot say by itself. */
export type LookUp = (statement: Statement) => Promise<unknown>;

/** The page of the console that shows a question. */
export type Topic =
  | "overview"
  | "funnels"
  | "journeys"
  | "acquisition"
  | "contacts"
  | "feedback"
  | "friction"
  | "segments"
  | "coverage"
  | "live";

/** How it shows it. */
export type View = "number" | "table" | "line" | "bars" | "funnel" | "distribution" | "matrix";

/** A parameterised view of ClickHouse with the same statement. */
export interface SqlView {
  name: string;
  /** The text after `AS`. */
  sql: string;
  /** In the order of the text: `{name:Type}`. */
  arguments: readonly { name: string; type: string }[];
  /** A call that works as it is. */
  example: string;
}

/** A question that has a name: asked over HTTP, in SQL, on the command line and by the console alike. */
export interface Query {
  name: string;
  topic: Topic;
  view: View;
  question: string;
  unit: string;
  definition: string;
  caveat: string;
  parameters: z.ZodType;
  /** What filters and a breakdown may name, `traits.*` for any trait; null where it takes neither. */
  fields: readonly string[] | null;
  /** Columns without a breakdown and a comparison, in their order. */
  row: readonly Column[];
  /** Parameters with which it answers: of its view's example, and of tests. */
  example: Readonly<Record<string, unknown>>;
  /** Whether it takes a period, and another to compare with. */
  comparable?: true;
  /** Puts in the parameters what only ClickHouse knows; it comes before `build`. */
  resolve?: (input: unknown, siteId: string, lookUp: LookUp) => Promise<unknown>;
  /**
   * The statement for parameters from outside.
   * @throws z.ZodError for parameters that do not fit.
   */
  build: (input: unknown, siteId: string, asking?: Partial<Asking>) => Asked;
  /** Its views; with several sites, `site` is one more argument. */
  sqlViews: (singleSite: string | undefined) => SqlView[];
}
