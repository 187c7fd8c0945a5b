import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { LIMITS } from "@balise/schema";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { type Proxies, proxiesSchema } from "./proxies.js";
import { openApp, SITE } from "./testing/app.js";

const codeOf = (response: LightMyRequestResponse): string =>
  response.json<{ error: { code: string } }>().error.code;

/** Sends from an address, through a proxy that is trusted. */
function from(app: FastifyInstance, address: string, more: InjectOptions = {}) {
  const headers = {
    "x-forwarded-for": address,
    origin: "https://shop.example",
    "content-type": "text/plain",
  };
  return app.inject({
    method: "POST",
    url: "/v1/batch",
    payload: JSON.stringify({ writeKey: SITE.writeKey, events: [] }),
    ...more,
    headers: { ...headers, ...more.headers },
  });
}

describe("rates", () => {
  it("of one address are limited, of others not; the tag may read why and when to come again", async () => {
    const app = await openApp({ trustProxy: 1, rateLimits: { perAddress: 3, perKey: 0 } });
    const statuses: number[] = [];
    for (let times = 0; times < 4; times++) {
      statuses.push((await from(app, "203.0.113.7")).statusCode);
    }
    expect(statuses).toEqual([202, 202, 202, 429]);
    const refused = await from(app, "203.0.113.7");
    expect(codeOf(refused)).toBe("too_many_requests");
    expect(refused.headers["retry-after"]).toMatch(/^\d+$/);
    expect(Number(refused.headers["retry-after"])).toBeLessThanOrEqual(60);
    expect(refused.headers["access-control-allow-origin"]).toBe("https://shop.example");
    expect(refused.headers["access-control-expose-headers"]).toContain("retry-after");
    expect((await from(app, "203.0.113.8")).statusCode).toBe(202);
    expect((await from(app, "2001:db8::1")).statusCode).toBe(202);
  });

  it("count an address's requests through every door, and neither preflights nor health", async () => {
    const app = await openApp({ trustProxy: 1, rateLimits: { perAddress: 2, perKey: 0 } });
    const preflight = { "access-control-request-method": "POST" };
    for (let times = 0; times < 5; times++) {
      const ask = (method: "GET" | "OPTIONS", url: string, headers = {}): ReturnType<typeof from> =>
        from(app, "203.0.113.7", { method, url, headers, payload: "" });
      expect((await ask("OPTIONS", "/v1/batch", preflight)).statusCode).toBe(204);
      expect((await ask("GET", "/v1/health/ready")).statusCode).toBe(200);
      expect((await ask("GET", "/metrics")).statusCode).toBe(200);
    }
    const bearer = { authorization: `Bearer ${SITE.secretKey}` };
    const sent = await from(app, "203.0.113.7", {
      url: "/v1/import",
      headers: bearer,
      payload: "",
    });
    expect(sent.statusCode).toBe(202);
    const pixel = `/v1/pixel.gif?k=${SITE.writeKey}&e=e30`;
    expect((await from(app, "203.0.113.7", { method: "GET", url: pixel })).statusCode).toBe(400);
    expect((await from(app, "203.0.113.7")).statusCode).toBe(429);
  });

  it("of private addresses are not limited: they are proxies and servers", async () => {
    const app = await openApp({ rateLimits: { perAddress: 1, perKey: 0 } });
    // Nobody's word for an address is taken here.
    for (let times = 0; times < 5; times++) {
      expect((await from(app, "203.0.113.7")).statusCode).toBe(202);
    }
  });

  it("of one write key are limited wherever the key stands, and a request counts once", async () => {
    const app = await openApp({ rateLimits: { perAddress: 0, perKey: 3 } });
    const url = `/v1/batch?k=${SITE.writeKey}`;
    expect((await from(app, "", { url })).statusCode).toBe(202);
    expect((await from(app, "")).statusCode).toBe(202);
    expect(
      (await from(app, "", { payload: `{"events":[],"writeKey":"${SITE.writeKey}"}` })).statusCode,
    ).toBe(202);
    for (const more of [
      { url },
      {},
      { method: "GET", url: `/v1/pixel.gif?k=${SITE.writeKey}&e=e30` } as const,
    ]) {
      const refused = await from(app, "", more);
      expect([refused.statusCode, codeOf(refused)]).toEqual([429, "too_many_requests"]);
    }
  });

  it("of wrong secret and read keys are limited, for right keys of that address too", async () => {
    const app = await openApp({ trustProxy: 1 });
    const ask = (address: string, key: string): ReturnType<typeof from> =>
      from(app, address, {
        method: "GET",
        url: "/v1/query",
        headers: { authorization: `Bearer ${key}` },
      });
    // Who sends none at all does not guess.
    for (let times = 0; times < 40; times++) {
      const none = await from(app, "203.0.113.7", { method: "GET", url: "/v1/query" });
      expect(none.statusCode).toBe(401);
    }
    let guesses = 0;
    while ((await ask("203.0.113.7", `br_${guesses}`)).statusCode === 401) guesses++;
    expect(guesses).toBe(30);
    const refused = await ask("203.0.113.7", SITE.readKey);
    expect([refused.statusCode, codeOf(refused)]).toEqual([429, "too_many_requests"]);
    expect((await ask("203.0.113.8", SITE.readKey)).statusCode).toBe(200);
  });

  it("of wrong keys are limited for a right one that is sent together with them", async () => {
    const app = await openApp({ trustProxy: 1 });
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const socket = connect(Number(port), "127.0.0.1");
    const head = (key: string): string =>
      `GET /v1/query HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 203.0.113.7\r\nAuthorization: Bearer ${key}\r\n`;
    const wrong = Array.from({ length: 35 }, (_, n) => `${head(`br_${n}`)}\r\n`);
    socket.end(`${wrong.join("")}${head(SITE.readKey)}Connection: close\r\n\r\n`);
    const answer = (await socket.toArray()).map(String).join("");
    const statuses = [...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    expect(statuses).toHaveLength(36);
    expect(statuses.at(-1)).toBe("429");
  });
});

it("an address is the last one that no trusted proxy has, whoever wrote others before it", async () => {
  const rateLimits = { perAddress: 1, perKey: 0 };
  const second = async (trustProxy: Proxies, header: string, again: string): Promise<number> => {
    const app = await openApp({ trustProxy, rateLimits });
    await from(app, header);
    return (await from(app, again)).statusCode;
  };
  const [visitor, other, cdn] = ["203.0.113.7", "203.0.113.8", "192.0.2.1"];
  // The same visitor, under another made-up address.
  expect(await second(1, `1.2.3.4, ${visitor}`, `5.6.7.8, ${visitor}`)).toBe(429);
  expect(await second(2, `${visitor}, ${cdn}`, `9.9.9.9, ${visitor}, ${cdn}`)).toBe(429);
  expect(
    await second(
      ["loopback", "192.0.2.0/24"],
      `${visitor}, ${cdn}`,
      `9.9.9.9, ${visitor}, 192.0.2.9`,
    ),
  ).toBe(429);
  // Others.
  expect(await second(2, `${visitor}, ${cdn}`, `${other}, ${cdn}`)).toBe(202);
  expect(await second(["loopback", "192.0.2.0/24"], `${visitor}, ${cdn}`, `${other}, ${cdn}`)).toBe(
    202,
  );
  // A proxy that is not named is the visitor.
  expect(await second(["loopback"], `${visitor}, ${cdn}`, `${other}, ${cdn}`)).toBe(429);
  // Networks of any kind are understood.
  const trustProxy = proxiesSchema.parse(
    "10.0.0.0/8,2001:db8::/32,::1,fd00::/8,uniquelocal,linklocal,127.0.0.1",
  );
  expect((await from(await openApp({ trustProxy }), visitor)).statusCode).toBe(202);
});

it("a proxy whose word is not taken is warned of, once, without an address", async () => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line) => void lines.push(line) });
  const app = await openApp({}, { log });
  for (let times = 0; times < 3; times++) await from(app, "203.0.113.7");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("BALISE_TRUST_PROXY");
  expect(lines[0]).not.toContain("203.0.113");
  const trusting = await openApp({ trustProxy: 1 }, { log });
  await from(trusting, "10.0.0.7");
  expect(lines).toHaveLength(1);
});

describe("a key is looked at before any work", () => {
  /** The status of an answer to a head without its body. */
  async function headAlone(app: FastifyInstance, path: string, more = ""): Promise<string> {
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const socket = connect(Number(port), "127.0.0.1");
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n${more}\r\n`,
    );
    const [data] = (await once(socket, "data")) as [Buffer];
    socket.destroy();
    return String(data).slice(0, 12);
  }

  it.each([
    ["/v1/batch?k=bw_wrong", ""],
    ["/v1/import", "Authorization: Bearer bs_wrong\r\n"],
    ["/v1/query/funnel", "Authorization: Bearer br_wrong\r\n"],
    ["/v1/query/funnel", ""],
  ])("of %s, before the body has come", async (path, headers) => {
    expect(await headAlone(await openApp(), path, headers)).toBe("HTTP/1.1 401");
  });

  it("at the beginning of a body, before the rest is read or inflated", async () => {
    const app = await openApp();
    const broken = '{"writeKey":"bw_wrong","events":[';
    const refused = await from(app, "", { payload: broken });
    expect([refused.statusCode, codeOf(refused)]).toEqual([401, "unknown_key"]);
    const known = broken.replace("bw_wrong", SITE.writeKey);
    expect((await from(app, "", { payload: known })).statusCode).toBe(400);
    const bomb = (text: string): Promise<LightMyRequestResponse> =>
      from(app, "", {
        payload: gzipSync(`${text}${" ".repeat(LIMITS.batchBytes)}`),
        headers: { "content-encoding": "gzip" },
      });
    expect((await bomb(broken)).statusCode).toBe(401);
    expect((await bomb(known)).statusCode).toBe(413);
  });

  it("and the parsed body has the last word", async () => {
    const app = await openApp();
    const two = (first: string, last: string): Promise<LightMyRequestResponse> =>
      from(app, "", { payload: `{"writeKey":"${first}","events":[],"writeKey":"${last}"}` });
    expect((await two(SITE.writeKey, "bw_wrong")).statusCode).toBe(401);
    expect((await two("bw_wrong", SITE.writeKey)).statusCode).toBe(401);
    expect((await two(SITE.writeKey, SITE.writeKey)).statusCode).toBe(202);
  });

  it("tells a developer what to do about a mistyped one, and never takes it", async () => {
    const app = await openApp();
    const mistyped = SITE.writeKey.slice(0, -1);
    for (const more of [
      { url: `/v1/batch?k=${mistyped}` },
      { payload: JSON.stringify({ writeKey: mistyped, events: [] }) },
      { payload: JSON.stringify({ events: [], writeKey: mistyped }) },
      { method: "GET", url: `/v1/pixel.gif?k=${mistyped}&e=e30` } as const,
    ]) {
      const refused = await from(app, "", more);
      expect(refused.statusCode).toBe(401);
      expect(refused.body).toMatch(/bw_aaa….*nothing was kept: copy the write key from/);
      expect(refused.body).not.toContain(mistyped);
    }
  });
});

describe("senders that do not send", () => {
  it("are let go of: of headers with an answer, of a body without one", async () => {
    const app = await openApp({ patience: { headers: 50, body: 50, look: 20 } });
    const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
    const sent = async (text: string): Promise<string> => {
      const socket = connect(Number(port), "127.0.0.1");
      let answer = "";
      socket.on("data", (data) => (answer += String(data)));
      socket.on("error", () => undefined);
      socket.write(text);
      await once(socket, "close");
      return answer;
    };
    expect(await sent("POST /v1/batch HTTP/1.1\r\nHost: x\r\n")).toMatch(
      /^HTTP\/1\.1 408 .*"request_timeout"/s,
    );
    const head = "POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
    expect(await sent(`${head}Content-Length: 10\r\n\r\n{`)).toBe("");
  });

  it("are cut off after a silence, and when they are too many", async () => {
    const app = await openApp({ patience: { silence: 100 } });
    const few = await openApp({ patience: { connections: 1 } });
    const open = async (url: string): Promise<Socket> => {
      const socket = connect(Number(new URL(url).port), "127.0.0.1");
      socket.on("error", () => undefined).resume();
      await once(socket, "connect");
      return socket;
    };
    const silent = await app.listen({ host: "127.0.0.1", port: 0 });
    await once(await open(silent), "close");
    const full = await few.listen({ host: "127.0.0.1", port: 0 });
    const first = await open(full);
    await once(await open(full), "close");
    expect(first.readyState).toBe("open");
    first.destroy();
  });
});
