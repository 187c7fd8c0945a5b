import { ERRORS, type ErrorCode } from "@balise/schema";
import type { Answer } from "./answers.js";

/** Everything else that the collector answers is one of the table of errors. */
const GOOD: ReadonlySet<number> = new Set([200, 202, 204, 302, 304]);
/** Whoever gets one of these is told when to come again. */
const WAITING: ReadonlySet<number> = new Set([429, 503]);
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const STACK = /^\s+at |node_modules|\.[jt]s:\d+/m;

/** @returns what is wrong with an answer to a method, whatever else was sent. */
export function judge(
  answer: Answer,
  method: string | undefined,
  secrets: readonly string[],
): string | undefined {
  const { status, headers, body } = answer;
  if (status >= 500 && status !== 503) return `status ${status}`;
  if (headers.get("x-powered-by") !== undefined || headers.get("server") !== undefined)
    return "the server names itself";
  const text = body.toString("latin1");
  const told = secrets.find(
    (secret) => text.includes(secret) || [...headers.values()].some((v) => v.includes(secret)),
  );
  if (told !== undefined) return "a secret or a path of the machine in an answer";
  if (GOOD.has(status)) return undefined;
  if (WAITING.has(status) && !/^\d+$/.test(headers.get("retry-after") ?? ""))
    return `${status} without Retry-After`;
  return method === "HEAD" ? undefined : judgeError(status, body.toString());
}

/** Its body is `{error: {code, message}}`, of the table, and fit to be shown in a terminal. */
function judgeError(status: number, text: string): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return `${status} with a body that is no JSON: ${text.slice(0, 80)}`;
  }
  const error: unknown = Reflect.get(Object(json), "error");
  const code: unknown = Reflect.get(Object(error), "code");
  const message: unknown = Reflect.get(Object(error), "message");
  if (typeof code !== "string" || !Object.hasOwn(ERRORS, code)) {
    return `${status} with a code that is not in the table: ${text.slice(0, 80)}`;
  }
  // Own keys alone were let through above.
  if (ERRORS[code as ErrorCode].status !== status) return `${code} with status ${status}`;
  if (typeof message !== "string" || message.length < 5) return `${code} without a message`;
  if (CONTROL.test(message)) return `control characters in the message of ${code}`;
  return STACK.test(message) ? `a place of the code in the message of ${code}` : undefined;
}
