import { z } from "zod";
import { reachCollector } from "./reach.js";

export interface AskOptions {
  url: string;
  key: string;
}

const answerSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ elapsedMs: z.number() }),
});
const listSchema = z.object({
  queries: z.array(z.object({ name: z.string(), question: z.string() })),
});

/** Asks the collector over HTTP; a refusal becomes an error with the collector's own words. */
export async function askCollector(
  name: string,
  params: unknown,
  options: AskOptions,
): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(await request(`v1/query/${encodeURIComponent(name)}`, options, params));
}

/** The collector's list of questions. */
export async function listQueries(
  options: AskOptions,
): Promise<{ name: string; question: string }[]> {
  return listSchema.parse(await request("v1/query", options)).queries;
}

async function request(path: string, { url, key }: AskOptions, body?: unknown): Promise<unknown> {
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
    const refusal = z.object({ error: z.object({ message: z.string() }) }).safeParse(answer);
    throw new Error(refusal.data?.error.message ?? `the collector answered ${response.status}`);
  }
  return answer;
}
