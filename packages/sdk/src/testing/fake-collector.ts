import type { Batch, BatchAnswer, Event } from "../wire.js";

export type Behaviour =
  | "accept"
  | "down"
  | "lost"
  | "hang"
  | { status: number; retryAfter?: string };

export interface Post {
  url: string;
  body: string;
  keepalive: boolean;
  batch: Batch;
}

/** Stands in for `fetch` and the collector behind it. */
export function fakeCollector() {
  const posts: Post[] = [];
  const accepted: Event[] = [];
  const collector = {
    posts,
    /** Bodies that were packed on their way. */
    packed: [] as string[],
    /** What it has on disk, copies included. */
    accepted,
    /** `lost`: taken, but the answer never arrives. */
    behaviour: "accept" as Behaviour,
    /** Asked once per request, before `behaviour`. */
    next: [] as Behaviour[],
    reject: (_event: Event): string | undefined => undefined,
    ids: () => new Set(accepted.map((event) => event.id)),
    names: () => accepted.map((event) => event.name),
    take(url: string, body: string, keepalive: boolean): Behaviour {
      const batch: Batch = JSON.parse(body);
      posts.push({ url, body, keepalive, batch });
      const behaviour = collector.next.shift() ?? collector.behaviour;
      if (behaviour === "accept" || behaviour === "lost") accepted.push(...batch.events);
      return behaviour;
    },
    fetch: async (url: unknown, init?: RequestInit): Promise<Response> => {
      const body = typeof init?.body === "string" ? init.body : "";
      const behaviour = collector.take(String(url), body, init?.keepalive === true);
      if (behaviour === "down" || behaviour === "lost") throw new TypeError("Failed to fetch");
      if (behaviour === "hang") return new Promise(() => undefined);
      if (behaviour !== "accept") {
        const { status, retryAfter } = behaviour;
        return new Response("{}", {
          status,
          headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
        });
      }
      const batch: Batch = JSON.parse(body);
      const rejected: BatchAnswer["rejected"] = batch.events.flatMap((event, index) => {
        const message = collector.reject(event);
        return message === undefined
          ? []
          : [{ index, id: event.id, code: "invalid_field", message }];
      });
      const answer: BatchAnswer = { accepted: batch.events.length - rejected.length, rejected };
      return new Response(JSON.stringify(answer), { status: 202 });
    },
  };
  return collector;
}
