import type fc from "fast-check";

/** What a request carries that the collector may keep, as the bytes that were sent. */
export type Carried =
  | { door: "batch" | "import"; bytes: Buffer; encoding?: string | undefined }
  | { door: "pixel"; event: string };

export interface Request {
  method: string;
  /** Absent: nothing that the collector may accept. */
  carried?: Carried;
}

/** One connection: what is written to it and what may come back. */
export interface Input {
  /** Each is one write. */
  parts: readonly Buffer[];
  /** What the sender does when all is written. */
  ending: "wait" | "half-close" | "reset";
  /** The requests in it for one who reads HTTP right; what follows may only be refused. */
  requests: readonly Request[];
  /** So many of the requests, from the first, are valid batches: each must be answered with 202. */
  valid: number;
  /** Whether the connection ends by an answer to the last request, or by a refusal. */
  answered: boolean;
}

export interface Kind {
  name: string;
  /** How many of a hundred inputs are of it. */
  share: number;
  inputs: fc.Arbitrary<Input>;
}

/** One request, after which the connection closes. */
export function single(
  request: Request,
  parts: readonly Buffer[],
  more: Partial<Input> = {},
): Input {
  return { parts, ending: "wait", requests: [request], valid: 0, answered: true, ...more };
}
