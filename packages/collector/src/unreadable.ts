import { ServerResponse, STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { Answers } from "./answers.js";
import { HttpError } from "./errors.js";

/** Connections whose refusal waits its turn: Node names the same error again with all that follows. */
const refused = new WeakSet<Socket>();

/**
 * What is no HTTP never reaches a route: it is answered on the socket, in the words of the table,
 * after the whole requests before it.
 */
export function answerUnreadable(
  error: Error & { code?: string },
  socket: Socket,
  answers: Answers,
): void {
  if (refused.has(socket)) return;
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  refused.add(socket);
  const answer = unreadable(error.code);
  answers.count(answer);
  whenAnswered(socket, () => refuse(socket, answer));
}

function refuse(socket: Socket, { code, status, message }: HttpError): void {
  const body = JSON.stringify({ error: { code, message } });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
}

/** Once all requests that have come whole are answered: their events are kept, and that is told. */
function whenAnswered(socket: Socket, then: () => void): void {
  // Node's name for the answer whose turn it is; its documentation of `clientError` uses it.
  const current: unknown = Reflect.get(socket, "_httpMessage");
  if (!(current instanceof ServerResponse) || !current.req.complete) return then();
  current.once("close", () => {
    if (socket.writable) setImmediate(whenAnswered, socket, then);
  });
}

function unreadable(code: string | undefined): HttpError {
  switch (code) {
    case "ERR_HTTP_REQUEST_TIMEOUT":
      return new HttpError("request_timeout", "the request took too long to arrive");
    case "HPE_HEADER_OVERFLOW":
      return new HttpError("headers_too_large", "the headers are too large");
    default:
      return new HttpError("malformed_request", "the request cannot be read as HTTP");
  }
}
