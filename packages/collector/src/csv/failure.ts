import type { RejectionCode } from "@balise/schema";

/** The import cannot run at all: the message alone says what to do. */
export class ImportError extends Error {
  override readonly name = "ImportError";
}

/** What is wrong with one row; the others go on. */
export class RowError extends Error {
  override readonly name = "RowError";
  constructor(
    /** One of the collector's rejection codes. */
    readonly code: RejectionCode,
    message: string,
  ) {
    super(message);
  }
}
