import { ERRORS, type ErrorCode } from "@balise/schema";
import type { FastifyReply } from "fastify";

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

export async function sendError(reply: FastifyReply, error: HttpError): Promise<void> {
  if (error.retryAfter !== undefined) void reply.header("retry-after", error.retryAfter);
  await reply.code(error.status).send({ error: { code: error.code, message: error.message } });
}
