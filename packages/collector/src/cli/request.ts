import { z } from "zod";
import { reachCollector } from "./reach.js";

/** The collector to ask, and the key to ask with. */
export interface Access {
  url: string;
  key: string;
}

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

/**
 * Asks the collector over HTTP: POST with a body, GET without.
 * @throws Error with the collector's own words where it refuses.
 */
export async function requestJson(
  path: string,
  { url, key }: Access,
  body?: unknown,
): Promise<unknown> {
  const response = await reachCollector(url, path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const refusal = refusalSchema.safeParse(answer);
    throw new Error(refusal.data?.error.message ?? `the collector answered ${response.status}`);
  }
  return answer;
}
