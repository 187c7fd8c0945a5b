import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds that a sender waits in all before it gives up on one request. */
const PATIENCE = { network: 10_000, busy: 300_000 };
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 8000;

/** What the collector, or a proxy before it, answers when another try may succeed. */
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
  signal?: AbortSignal | undefined;
  /** Waits between tries; replaced in tests. */
  sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

/** A request that cannot succeed: the message says what to do. */
export class SendError extends Error {
  override readonly name = "SendError";
  constructor(
    message: string,
    /** The collector's status, 0 where there was no answer. */
    readonly status: number,
  ) {
    super(message);
  }
}

/**
 * Posts and gives the answer's JSON. While the network fails or the collector is busy (429, 503) it
 * tries again, after `Retry-After` where that is said: events are known by their id, so that sending
 * twice counts once.
 * @throws SendError for any other refusal, and when patience ends.
 */
export async function post(request: PostRequest): Promise<unknown> {
  const { sleep = sleepFor, signal } = request;
  const waited = { network: 0, busy: 0 };
  for (let failures = 0; ; failures++) {
    const attempt = await tryOnce(request);
    if (attempt.kind === "answer") return attempt.body;
    const backoff = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** failures);
    const wait = attempt.retryAfter ?? backoff;
    waited[attempt.kind] += wait;
    if (waited[attempt.kind] > PATIENCE[attempt.kind]) throw attempt.error;
    await sleep(wait, signal);
  }
}

type Attempt =
  | { kind: "answer"; body: unknown }
  | { kind: "network" | "busy"; error: SendError; retryAfter?: number };

async function tryOnce({ url, headers, body, signal }: PostRequest): Promise<Attempt> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method: "POST", headers, body, signal: signal ?? null });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    const message = `no collector answers at ${url} (${reasonOf(error)}): start it, or give its address with --url`;
    return { kind: "network", error: new SendError(message, 0) };
  }
  const answer = jsonOf(text);
  if (response.ok && answer !== undefined) return { kind: "answer", body: answer };
  const { status } = response;
  if (response.ok) {
    throw new SendError(
      `${url} answered ${status} without JSON: is it a Balise collector? Check --url`,
      status,
    );
  }
  const error = new SendError(`${url} answered ${status}: ${messageOf(answer)}`, status);
  if (!BUSY.has(status)) throw error;
  const retryAfter = secondsOf(response.headers.get("retry-after"));
  return { kind: "busy", error, ...(retryAfter !== undefined && { retryAfter }) };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function messageOf(answer: unknown): string {
  const error: unknown = Reflect.get(Object(answer), "error");
  const message: unknown = Reflect.get(Object(error), "message");
  return typeof message === "string" ? message : "it gives no reason";
}

/** `Retry-After` in milliseconds; its rarer form, a date, is left to the usual pauses. */
function secondsOf(header: string | null): number | undefined {
  if (header === null || !/^\d{1,6}$/.test(header)) return undefined;
  return Math.max(FIRST_PAUSE, Number(header) * 1000);
}

/** `fetch` says "fetch failed" and keeps the reason in its cause. */
function reasonOf(error: unknown): string {
  const cause: unknown = error instanceof Error ? error.cause : undefined;
  const code: unknown = Reflect.get(Object(cause), "code");
  if (typeof code === "string") return code;
  if (cause instanceof Error) return cause.message;
  return error instanceof Error ? error.message : String(error);
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  try {
    await pause(ms, undefined, signal === undefined ? {} : { signal });
  } catch (error) {
    // The timer says AbortError; the caller's own reason says more.
    signal?.throwIfAborted();
    throw error;
  }
}
