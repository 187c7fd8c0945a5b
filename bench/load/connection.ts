import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface Answer {
  status: number;
  /** Status line and headers. */
  head: string;
  /** Undefined when the connection ended before all of it was here: the status stands all the same. */
  body: string | undefined;
}

/** The request got no status; `sent` tells whether any of its bytes may have arrived. */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  constructor(
    readonly sent: boolean,
    reason: string,
  ) {
    super(reason);
  }
}

/** The answer that is being read. */
interface Waiting {
  resolve: (answer: Answer) => void;
  reject: (error: NoAnswerError) => void;
  bytes: Buffer;
  timer: NodeJS.Timeout;
}

/**
 * One keep-alive HTTP/1.1 connection with one request under way. A client library would cost the
 * sender more than the collector spends on the request, and would hide when the status line came.
 */
export class Connection {
  readonly #socket: Socket;
  #waiting: Waiting | undefined;
  #closed = false;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on("data", (bytes: Buffer) => this.#take(bytes));
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#closed = true;
      this.#end("the connection ended");
    });
  }

  /** @throws NoAnswerError with `sent` false when nobody listens. */
  static async open(url: string, patience = 5000): Promise<Connection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    try {
      await once(socket, "connect", { signal: AbortSignal.timeout(patience) });
    } catch (error) {
      socket.destroy();
      throw new NoAnswerError(false, String(error));
    }
    return new Connection(socket);
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @throws NoAnswerError when no status came, or nothing for `patience` milliseconds. */
  request(bytes: Buffer, patience = 30_000): Promise<Answer> {
    if (this.#closed) return Promise.reject(new NoAnswerError(false, "the connection is closed"));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.close(), patience);
      this.#waiting = { resolve, reject, bytes: Buffer.alloc(0), timer };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#socket.destroy();
    this.#closed = true;
    this.#end("the connection was closed");
  }

  #take(bytes: Buffer): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    waiting.bytes = waiting.bytes.length === 0 ? bytes : Buffer.concat([waiting.bytes, bytes]);
    const answer = answerOf(waiting.bytes);
    if (answer?.body !== undefined) this.#settle(answer);
  }

  #end(reason: string): void {
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    const answer = answerOf(waiting.bytes);
    if (answer !== undefined) return this.#settle(answer);
    this.#waiting = undefined;
    clearTimeout(waiting.timer);
    waiting.reject(new NoAnswerError(true, reason));
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    clearTimeout(waiting?.timer);
    waiting?.resolve(answer);
  }
}

const HEAD_END = Buffer.from("\r\n\r\n");

/** What can be read of an answer so far; undefined before the end of its status line. */
function answerOf(bytes: Buffer): Answer | undefined {
  const line = bytes.indexOf("\r\n");
  if (line === -1) return undefined;
  const status = Number(bytes.toString("latin1", 9, 12));
  const end = bytes.indexOf(HEAD_END);
  if (end === -1) return { status, head: bytes.toString("latin1"), body: undefined };
  const head = bytes.toString("latin1", 0, end);
  const length = Number(/content-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const start = end + HEAD_END.length;
  if (bytes.length < start + length) return { status, head, body: undefined };
  return { status, head, body: bytes.toString("utf8", start, start + length) };
}
