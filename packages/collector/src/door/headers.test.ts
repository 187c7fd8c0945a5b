import { expect, it } from "vitest";
import { openApp, SITE } from "./testing/app.js";

const ANSWERS: [string, string][] = [
  ["GET", "/v1/health/live"],
  ["GET", "/v1/query"],
  ["GET", "/v1/nothing"],
  ["POST", "/v1/batch"],
  ["GET", `/v1/pixel.gif?k=${SITE.writeKey}&e=e30`],
  ["GET", "/v1/balise.js"],
  ["GET", "/v1/balise.all.js"],
  ["GET", "/"],
];

it.each(ANSWERS)(
  "%s %s is no page for others, and says nothing of what serves it",
  async (method, url) => {
    const app = await openApp();
    const { headers, body } = await app.inject({ method: method === "GET" ? "GET" : "POST", url });
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("no-referrer");
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    const forOthers = /batch|pixel|balise/.test(url);
    expect(headers["cross-origin-resource-policy"]).toBe(
      forOthers ? "cross-origin" : "same-origin",
    );
    expect(String(headers["content-security-policy"]).includes("script-src 'self'")).toBe(
      url === "/",
    );
    for (const header of ["server", "x-powered-by", "strict-transport-security"]) {
      expect(headers).not.toHaveProperty(header);
    }
    expect(body).not.toMatch(/node_modules|\.ts:\d|\.js:\d+:\d/);
  },
);

it("browsers are told to stay with TLS only where a trusted proxy says that it was TLS", async () => {
  const told = async (trustProxy: 1 | undefined, proto: string): Promise<unknown> => {
    const app = await openApp({ trustProxy });
    const headers = { "x-forwarded-proto": proto };
    const answer = await app.inject({ method: "GET", url: "/v1/health/live", headers });
    return answer.headers["strict-transport-security"];
  };
  expect(await told(1, "https")).toBe("max-age=31536000");
  expect(await told(1, "http")).toBeUndefined();
  expect(await told(undefined, "https")).toBeUndefined();
});

it("a fault of the inside is answered without a word of it", async () => {
  const failing = { locate: () => ({ country: "", region: "" }), version: () => 0 };
  const app = await openApp({}, { places: failing });
  failing.version = () => {
    throw new Error("secret of the inside");
  };
  const answer = await app.inject({ method: "GET", url: "/v1/query" });
  expect(answer.statusCode).toBe(500);
  expect(answer.body).toBe(
    '{"error":{"code":"internal","message":"the collector failed; its log says why"}}',
  );
});
