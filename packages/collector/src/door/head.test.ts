import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { openApp, SITE } from "./testing/app.js";

/** All that comes back on a connection to which these bytes are written. */
async function answersTo(bytes: string): Promise<string> {
  const app = await openApp();
  const { port } = new URL(await app.listen({ host: "127.0.0.1", port: 0 }));
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(bytes);
  let received = "";
  for await (const piece of socket) received += String(piece);
  return received;
}

const last = "Host: x\r\nConnection: close\r\n\r\n";

describe("in the words of the table is refused", () => {
  it.each([
    ["HTTP/1.1 without a host", "GET /v1/health/live HTTP/1.1\r\nConnection: close\r\n\r\n"],
    ["HTTP/0.9", `GET /v1/health/live\r\n${last}`],
    ["HTTP/2 without its preface", `GET /v1/health/live HTTP/2.0\r\n${last}`],
    ["what is no HTTP", "\u0016\u0003\u0001\u0002\r\n"],
  ])("%s", async (_what, bytes) => {
    const answer = await answersTo(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('{"error":{"code":"malformed_request"');
  });
});

describe("is answered as ever", () => {
  it.each([
    ["HTTP/1.0 without a host", "GET /v1/health/live HTTP/1.0\r\n\r\n", "200"],
    [
      "an expectation that nobody knows",
      `GET /v1/health/live HTTP/1.1\r\nExpect: x\r\n${last}`,
      "200",
    ],
    ["OPTIONS that is no preflight", `OPTIONS /v1/batch HTTP/1.1\r\n${last}`, "204"],
    ["a range of a page", `GET / HTTP/1.1\r\nRange: bytes=9-1\r\n${last}`, "200"],
    [
      "a wish for another protocol",
      `GET /v1/health/live HTTP/1.1\r\nUpgrade: h2c\r\n${last}`,
      "200",
    ],
  ])("%s", async (_what, bytes, status) => {
    expect(await answersTo(bytes)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});

it("a condition on a page that cannot hold is no fault of the collector", async () => {
  const answer = await answersTo(`GET / HTTP/1.1\r\nIf-Match: "x"\r\n${last}`);
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(answer).toContain("leave it out");
});

it.each(["/*x", "/:a(", "/v1/query/:name(^(a+)+$)", "/::", "/v1/erase/*"])(
  "%s is an address like others, and no pattern of the router",
  async (url) => {
    const { statusCode } = await (await openApp()).inject({ method: "PUT", url });
    expect(statusCode).toBe(404);
  },
);

it("headers that a page may send are named, not repeated", async () => {
  const headers = {
    origin: "https://shop.example",
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type, x-odd\u009b",
  };
  const answer = await (await openApp()).inject({ method: "OPTIONS", url: "/v1/batch", headers });
  expect(answer.headers["access-control-allow-headers"]).toBe(
    "authorization, content-encoding, content-type",
  );
});

it("who asks for the pixel's head alone has opened nothing", async () => {
  const app = await openApp();
  const url = `/v1/pixel.gif?k=${SITE.writeKey}&e=e30`;
  expect((await app.inject({ method: "GET", url })).json().error.message).toContain("id");
  const head = await app.inject({ method: "HEAD", url });
  expect(head.statusCode).toBe(405);
});

it("an origin is repeated as text, and no other bytes of it are", async () => {
  const app = await openApp();
  const allowed = async (origin: string): Promise<unknown> =>
    (await app.inject({ url: "/v1/balise.js", method: "OPTIONS", headers: { origin } })).headers[
      "access-control-allow-origin"
    ];
  expect(await allowed("https://shop.example")).toBe("https://shop.example");
  expect(await allowed("null")).toBe("null");
  expect(await allowed("https://\u009b31m")).toBeUndefined();
});

it("requests before one that is no HTTP are answered before it is refused", async () => {
  const body = JSON.stringify({ writeKey: SITE.writeKey, events: [] });
  const batch = `POST /v1/batch HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const answer = await answersTo(`${batch}${batch}${batch}\u0000\u0000\r\n\r\n${batch}`);
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([
    ...Array.from({ length: 3 }, () => "HTTP/1.1 202"),
    "HTTP/1.1 400",
  ]);
});
