import { describe, expect, it } from "vitest";
import { createClient } from "./client.js";
import { QueryFailure, retryAfterSeconds } from "./failure.js";

const answering =
  (response: () => Response, seen: { url: string; init: RequestInit | undefined }[] = []) =>
  (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    seen.push({ url: typeof input === "string" ? input : "not a string", init });
    return Promise.resolve(response());
  };
const aborted = (): Promise<Response> => Promise.reject(new DOMException("stop", "AbortError"));
const json = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers });
const failureOf = async (fetch: typeof globalThis.fetch): Promise<unknown> =>
  createClient("k", fetch)("event_names", {}).catch((error: unknown) => error);

describe("a question to the collector", () => {
  it("goes to an address relative to the page, with the key in the header alone", async () => {
    const seen: { url: string; init: RequestInit | undefined }[] = [];
    const answer = {
      rows: [],
      meta: { sql: "", params: {}, elapsedMs: 1, rowsRead: 0, withheld: 0 },
    };
    const ask = createClient(
      "secret",
      answering(() => json(200, answer), seen),
    );
    await expect(ask("event_names", { from: "2026-01-01" })).resolves.toEqual(answer);
    expect(seen[0]?.url).toBe("v1/query/event_names");
    expect(new Headers(seen[0]?.init?.headers).get("authorization")).toBe("Bearer secret");
    expect(seen[0]?.init?.body).toBe('{"from":"2026-01-01"}');
  });

  it("fails with the collector's code and message", async () => {
    const body = { error: { code: "invalid_parameter", message: "steps: too few" } };
    expect(await failureOf(answering(() => json(400, body)))).toMatchObject({
      status: 400,
      code: "invalid_parameter",
      message: "steps: too few",
      retryAfter: null,
    });
  });

  it("says when to come back", async () => {
    const busy = answering(() => json(503, {}, { "retry-after": "7" }));
    expect(await failureOf(busy)).toMatchObject({ status: 503, retryAfter: 7 });
  });

  it("is unreachable when there is no network", async () => {
    const failure = await failureOf(() => Promise.reject(new TypeError("no route")));
    expect(failure).toBeInstanceOf(QueryFailure);
    expect(failure).toMatchObject({ status: 0, code: "unreachable" });
  });

  it("does not take a proxy's page for an answer", async () => {
    const page = answering(() => new Response("<html>hello</html>"));
    expect(await failureOf(page)).toMatchObject({ code: "invalid_answer" });
  });

  it("stays an abort when it was aborted", async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(createClient("k", aborted)("event_names", {}, abort.signal)).rejects.toMatchObject(
      {
        name: "AbortError",
      },
    );
  });
});

it("reads Retry-After as seconds or as a date", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  expect(retryAfterSeconds("12", now)).toBe(12);
  expect(retryAfterSeconds("Thu, 01 Jan 2026 00:00:30 GMT", now)).toBe(30);
  expect(retryAfterSeconds("soon", now)).toBeNull();
  expect(retryAfterSeconds(null, now)).toBeNull();
});
