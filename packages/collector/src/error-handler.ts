import { ClickHouseError } from "@clickhouse/client";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Answers } from "./answers.js";
import { HttpError } from "./errors.js";
import { faultTeller } from "./fault.js";
import { PASSING_CODES } from "./store/insert.js";
import { SpoolFullError } from "./ingest/spool.js";
import { BusyError } from "./ingest/turns.js";

/** Seconds after which a sender is asked to try again while the spool is full. */
const SPOOL_RETRY = 10;

/** Seconds until a body that takes long has been looked through. */
const BUSY_RETRY = 2;

/** Every failure becomes one of the error table; nothing of the inside gets out. */
export function useErrorTable(app: FastifyInstance, answers: Answers): void {
  const tellFault = faultTeller(app.log);
  // By the words of the address: the router would read them as a pattern, which is the sender's then.
  const methodsOf = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    const methods = methodsOf.get(url) ?? new Set();
    for (const one of [method].flat()) if (METHODS.has(one)) methods.add(one);
    methodsOf.set(url, methods);
  });
  app.setErrorHandler(async (error, request, reply) => {
    const known = explainError(error);
    if (known.code === "internal") {
      tellFault(error, request.routeOptions.url);
    }
    return answers.send(reply, known);
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split("?")[0]?.slice(0, 200) ?? "";
    const allowed = [...(methodsOf.get(path) ?? [])];
    if (allowed.length === 0) {
      return answers.send(reply, new HttpError("not_found", `nothing answers ${path}`));
    }
    void reply.header("allow", allowed.join(", "));
    const message = `${path} takes ${allowed.join(" or ")}, not ${request.method}`;
    return answers.send(reply, new HttpError("method_not_allowed", message));
  });
}

const METHODS: ReadonlySet<string> = new Set(["GET", "POST"]);

/** The error of the table for whatever was thrown; what nobody foresaw is `internal`. */
export function explainError(error: unknown): HttpError {
  return translate(error) ?? new HttpError("internal", "the collector failed; its log says why");
}

function translate(error: unknown): HttpError | undefined {
  if (error instanceof HttpError) return error;
  if (error instanceof SpoolFullError) {
    return new HttpError(
      "spool_full",
      `the events were not kept, send them again: ${error.message}`,
      SPOOL_RETRY,
    );
  }
  if (error instanceof BusyError) return new HttpError("busy", error.message, BUSY_RETRY);
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return new HttpError(
      "invalid_parameter",
      `${issue?.path.join(".") || "the parameters"}: ${issue?.message}`,
    );
  }
  if (error instanceof ClickHouseError) return fromClickHouse(error);
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? String(error.code) : "";
  return fromCode(code, error);
}

function fromClickHouse(error: ClickHouseError): HttpError {
  const code = Number(error.code);
  // 159, 160: too slow; 241: out of memory; 307, 396: too much to read or to answer.
  if ([159, 160, 241, 307, 396].includes(code)) {
    return new HttpError(
      "invalid_parameter",
      "the question takes too long or too much memory: ask for a shorter period",
    );
  }
  // 427: a regular expression of the question.
  const [, pattern, reason] =
    /cannot compile re2: (.*?), error: (.*?)\. Look at/s.exec(error.message) ?? [];
  if (code === 427 && pattern !== undefined) {
    const text = JSON.stringify(pattern.replace(/^\(\?i\)/, "").slice(0, 100));
    return new HttpError("invalid_parameter", `${text} is no pattern of RE2: ${reason}`);
  }
  return PASSING_CODES.has(code)
    ? new HttpError("store_unavailable", `ClickHouse is not ready (code ${code})`, 5)
    : new HttpError("invalid_parameter", `ClickHouse cannot answer this question (code ${code})`);
}

function fromCode(code: string, error: Error): HttpError | undefined {
  switch (code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new HttpError(
        "too_large",
        "the body is larger than this address takes: split the batch",
      );
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new HttpError(
        "unsupported_media_type",
        "send application/json or text/plain, as it is or gzip",
      );
    case "FST_ERR_CTP_INVALID_CONTENT_LENGTH":
      return new HttpError("invalid_body", "the body is shorter or longer than its Content-Length");
    case "FST_ERR_BAD_URL":
      return new HttpError("not_found", "the address cannot be read");
    case "FST_ERR_CTP_EMPTY_JSON_BODY":
    case "FST_ERR_CTP_INVALID_JSON_BODY":
      return new HttpError("malformed_json", "the body is not JSON");
    case "ECONNREFUSED":
    case "ECONNRESET":
    case "ETIMEDOUT":
    case "EPIPE":
    case "ENOTFOUND":
      return new HttpError(
        "store_unavailable",
        "ClickHouse does not answer; events are still accepted",
        5,
      );
    default:
      // The console's files: a path that leads out of them.
      if ("statusCode" in error && (error.statusCode === 403 || error.statusCode === 400)) {
        return new HttpError("not_found", "the address cannot be read");
      }
      if ("statusCode" in error && error.statusCode === 412) {
        const message = "a condition (If-Match, If-Unmodified-Since) does not hold: leave it out";
        return new HttpError("invalid_parameter", message);
      }
      return /timeout error|socket hang up/i.test(error.message)
        ? new HttpError(
            "store_unavailable",
            "ClickHouse does not answer; events are still accepted",
            5,
          )
        : undefined;
  }
}
