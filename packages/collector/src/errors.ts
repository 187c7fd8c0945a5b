import { ERRORS, type ErrorCode } from "@balise/schema";

/** An answer of the error table; `message` quotes the bad value and says what to do. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Seconds after which the sender may try again. */
    readonly retryAfter?: number,
  ) {
    super(message);
    this.status = ERRORS[code].status;
  }
}
