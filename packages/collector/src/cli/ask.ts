import type { Answer } from "../query/ask.js";

export interface AskOptions {
  url: string;
  key: string;
}

/** Asks the collector over HTTP; a refusal becomes an error with the collector's own words. */
export async function askCollector(name: string, params: unknown, options: AskOptions): Promise<Answer> {
  // The collector's own answer: its shape is given by query/ask.ts.
  return (await request(`v1/query/${encodeURIComponent(name)}`, options, params)) as Answer;
}

/** The collector's list of questions. */
export async function listQueries(options: AskOptions): Promise<{ name: string; question: string }[]> {
  // As above, by routes/query.ts.
  const body = (await request("v1/query", options)) as { queries: { name: string; question: string }[] };
  return body.queries;
}

async function request(path: string, { url, key }: AskOptions, body?: unknown): Promise<unknown> {
  const address = `${url.replace(/\/$/, "")}/${path}`;
  let response: Response;
  try {
    response = await fetch(address, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": "application/json" }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Error(`no collector answers at ${url}: start it, or give --url`);
  }
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok) {
    const error: unknown = Reflect.get(Object(answer), "error");
    const message: unknown = Reflect.get(Object(error), "message");
    throw new Error(typeof message === "string" ? message : `the collector answered ${response.status}`);
  }
  return answer;
}
