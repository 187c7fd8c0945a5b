import type { ErrorCode } from "@balise/schema";
import type { FastifyReply } from "fastify";
import type { HttpError } from "./errors.js";

/** Sends the errors of the table, and counts them. */
export class Answers {
  readonly #counts = new Map<ErrorCode, number>();

  /** How often each code was answered. */
  get counts(): ReadonlyMap<ErrorCode, number> {
    return this.#counts;
  }

  count({ code }: HttpError): void {
    this.#counts.set(code, (this.#counts.get(code) ?? 0) + 1);
  }

  async send(reply: FastifyReply, error: HttpError): Promise<void> {
    this.count(error);
    const { code, message, status, retryAfter } = error;
    if (retryAfter !== undefined) void reply.header("retry-after", retryAfter);
    await reply.code(status).send({ error: { code, message } });
  }
}
