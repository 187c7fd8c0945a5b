import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import type { Event } from "@balise/schema";

/** What the server does with a request instead of taking its events. */
export type Answer =
  | Given
  /** `reset`: the connection breaks before, `lost`: after the events were taken. */
  | "reset"
  | "lost";

interface Given {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Taken {
  path: string;
  headers: IncomingHttpHeaders;
  sentAt: number | undefined;
  events: Event[];
}

/** A collector's two doors for events, with scripted troubles. */
export async function startCollector() {
  const requests: Taken[] = [];
  const kept: Taken[] = [];
  const collector = {
    url: "",
    /** Every request, and those whose events were taken. */
    requests,
    kept,
    /** Asked for each request, numbered from 0; undefined takes the events. */
    answer: (_request: Taken, _number: number): Answer | undefined => undefined,
    /** Milliseconds that every answer takes. */
    delay: 0,
    inFlight: 0,
    mostInFlight: 0,
    ids: () => kept.flatMap(({ events }) => events.map(({ id }) => id)),
    events: () => kept.flatMap(({ events }) => events),
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  const server = createServer((request, response) => {
    void serve(request, response);
  });
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    collector.inFlight++;
    collector.mostInFlight = Math.max(collector.mostInFlight, collector.inFlight);
    const body = await text(request);
    if (collector.delay > 0) await pause(collector.delay);
    collector.inFlight--;
    const taken: Taken = { path: request.url ?? "", headers: request.headers, ...contentOf(body) };
    requests.push(taken);
    const answer = collector.answer(taken, requests.length - 1);
    if (answer === "lost" || answer === undefined) kept.push(taken);
    if (answer === "lost" || answer === "reset") request.socket.destroy();
    else write(response, answer ?? {}, { accepted: taken.events.length, rejected: [] });
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address === "object") collector.url = `http://127.0.0.1:${address?.port}`;
  return collector;
}

/** A batch is one object, an import a line for each event. */
function contentOf(body: string): Pick<Taken, "sentAt" | "events"> {
  if (body.includes("\n")) {
    return { sentAt: undefined, events: body.split("\n").filter(Boolean).map(parsed) };
  }
  const { sentAt, events }: Pick<Taken, "sentAt" | "events"> = JSON.parse(body);
  return { sentAt, events };
}

function parsed(line: string): Event {
  const event: Event = JSON.parse(line);
  return event;
}

function write(response: ServerResponse, answer: Partial<Given>, usual: unknown): void {
  const { status = 202, headers, body = usual } = answer;
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** Notes how long a sender would have waited, and does not. */
export function recordedSleep() {
  const waits: number[] = [];
  return { waits, sleep: async (ms: number) => void waits.push(ms) };
}
