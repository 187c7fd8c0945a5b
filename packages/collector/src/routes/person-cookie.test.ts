import fc from "fast-check";
import type { FastifyInstance, LightMyRequestResponse } from "fastify";
import pino from "pino";
import { describe, expect, it } from "vitest";
import { openApp, SITE } from "../door/testing/app.js";
import { uuidV7 } from "../sender/uuid.js";
import type { Site } from "../sites.js";
import { prolonged } from "./person-cookie.js";

const NOW = Date.UTC(2026, 5, 15, 12);
const DAY = 24 * 60 * 60;
const LIFE = 395 * DAY;
/** An id that was made so many seconds ago. */
const aged = (seconds: number): string =>
  uuidV7(NOW - seconds * 1000, Buffer.from("0123456789ab", "hex"));
const ID = aged(10 * DAY);
const kept = (cookies: string, domain = "bank.example", secure = true): string[] =>
  prolonged(cookies, domain, secure, NOW);

describe("the cookie of a person", () => {
  it("gets the rest of the 13 months, as the tag set it", () => {
    expect(kept(`balise.person=${ID}`)).toEqual([
      `balise.person=${ID}; Domain=bank.example; Max-Age=${LIFE - 10 * DAY}; Path=/; SameSite=Lax; Secure`,
    ]);
    expect(kept(`balise.person=${ID}`, "host", false)).toEqual([
      `balise.person=${ID}; Max-Age=${LIFE - 10 * DAY}; Path=/; SameSite=Lax`,
    ]);
  });

  it("lives 395 days from the making of its id, whatever clock made it, and not a second more", () => {
    const maxAge = (seconds: number): string | undefined =>
      /Max-Age=(-?\d+);/.exec(kept(`balise.person=${aged(seconds)}`)[0] ?? "")?.[1];
    expect(maxAge(0)).toBe(String(LIFE));
    expect(maxAge(LIFE - 1)).toBe("1");
    expect(maxAge(LIFE)).toBeUndefined();
    expect(maxAge(10 * LIFE)).toBeUndefined();
    expect(maxAge(-150)).toBe(String(LIFE));
    expect(maxAge(-151)).toBeUndefined();
    expect(maxAge(-LIFE)).toBeUndefined();
  });

  it("is found among others, by the prefix of any tag, each once and few of them", () => {
    const cookie = (name: string, id = ID): string => `${name}=${id}`;
    const namesOf = (cookies: string): string[] =>
      kept(cookies).map((text) => text.split("=")[0] ?? "");
    expect(namesOf(`a=1; ${cookie("balise.person")};${cookie("My-tag_2.person")}; b=2`)).toEqual([
      "balise.person",
      "My-tag_2.person",
    ]);
    const twice = `${cookie("balise.person")}; ${cookie("balise.person", aged(5))}`;
    expect(kept(twice)).toEqual(kept(cookie("balise.person")));
    const many = Array.from({ length: 50 }, (_, n) => cookie(`tag${n}.person`)).join("; ");
    expect(namesOf(many)).toEqual(["tag0.person", "tag1.person", "tag2.person", "tag3.person"]);
  });

  it.each([
    ["of another name", `balise.session=${ID}`],
    ["without a prefix", `.person=${ID}`],
    ["with a long prefix", `${"x".repeat(33)}.person=${ID}`],
    ["with an odd prefix", `é.person=${ID}`],
    ["with another name before it", `x balise.person=${ID}`],
    ["of version 4", `balise.person=${ID.replace(/-7/, "-4")}`],
    ["with more behind", `balise.person=${ID}0`],
    ["with an attribute of its own", `balise.person=${ID},Domain=evil.example`],
    ["in quotes", `balise.person="${ID}"`],
    ["with a line break", `balise.person=${ID}\r\nx: y`],
    ["cut short", `balise.person=${ID.slice(0, -1)}`],
    ["empty", "balise.person="],
    ["of no cookies", ""],
  ])("is not answered %s", (_what, cookies) => {
    expect(kept(cookies)).toEqual([]);
  });

  it("is answered in characters that cannot end it, whatever was sent", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("balise", ".person=", ID, ID.toUpperCase(), "; ", ";", "\r\n", ",", "="),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        for (const cookie of kept(pieces.join(""))) {
          expect(cookie).toMatch(
            /^[\w-]{1,32}\.person=[0-9A-F-]{36}; Domain=bank\.example; Max-Age=\d+; Path=\/; SameSite=Lax; Secure$/i,
          );
        }
      }),
    );
  });
});

const cookieSite: Site = { ...SITE, cookieDomain: "bank.example" };
const other: Site = {
  id: "other",
  writeKey: "bw_dddddddddddddddddddd",
  secretKey: "bs_eeeeeeeeeeeeeeeeeeee",
  readKey: "br_ffffffffffffffffffff",
  origins: [],
};
const ORIGIN = "https://www.bank.example";

interface More {
  writeKey?: string;
  origin?: string | undefined;
  cookie?: string | undefined;
  headers?: Record<string, string>;
  payload?: string;
}

const send = (app: FastifyInstance, more: More = {}): Promise<LightMyRequestResponse> => {
  const { origin = ORIGIN, cookie = `balise.person=${ID}`, headers } = more;
  const payload =
    more.payload ?? JSON.stringify({ writeKey: more.writeKey ?? SITE.writeKey, events: [] });
  return app.inject({
    method: "POST",
    url: "/v1/batch",
    payload,
    headers: {
      "content-type": "text/plain",
      ...(origin !== "" && { origin }),
      ...(cookie !== "" && { cookie }),
      ...headers,
    },
  });
};

const collector = (...sites: Site[]): Promise<FastifyInstance> =>
  openApp({ sites }, { now: () => NOW });

describe("a site with a cookieDomain", () => {
  it("prolongs the cookie with the 202, which nobody stores", async () => {
    const answer = await send(await collector(cookieSite));
    expect(answer.statusCode).toBe(202);
    expect(answer.headers).toMatchObject({
      "set-cookie": kept(`balise.person=${ID}`),
      "access-control-allow-origin": ORIGIN,
      "access-control-allow-credentials": "true",
      "cache-control": "no-store",
      vary: "Origin",
    });
  });

  it("lets the page read its answer without a cookie too, and sets none of its own", async () => {
    const app = await collector(cookieSite);
    for (const cookie of ["", "theme=dark", `balise.person=${aged(LIFE)}`]) {
      const { headers } = await send(app, { cookie });
      expect(headers["access-control-allow-credentials"]).toBe("true");
      expect(headers).not.toHaveProperty("set-cookie");
      expect(headers).not.toHaveProperty("cache-control");
    }
  });

  it("prolongs nothing for a refused batch, another origin, or a sender that names none", async () => {
    const app = await collector({ ...cookieSite, origins: [ORIGIN] });
    const refused = await send(app, { payload: `{"writeKey":"${SITE.writeKey}"}` });
    expect([refused.statusCode, refused.headers["set-cookie"]]).toEqual([400, undefined]);
    const evil = await send(app, { origin: "https://evil.example" });
    expect(evil.statusCode).toBe(403);
    const server = await send(app, { origin: "" });
    expect(server.statusCode).toBe(202);
    for (const { headers } of [evil, server]) {
      expect(headers).not.toHaveProperty("set-cookie");
      expect(headers).not.toHaveProperty("access-control-allow-credentials");
    }
  });

  it("keeps the cookie to TLS unless the page and the request are without it", async () => {
    const secure = async (origin: string, headers?: Record<string, string>): Promise<boolean> => {
      const app = await openApp({ sites: [cookieSite], trustProxy: 1 }, { now: () => NOW });
      const answer = await send(app, { origin, ...(headers && { headers }) });
      return String(answer.headers["set-cookie"]).endsWith("; Secure");
    };
    expect(await secure("http://127.0.0.1:8080")).toBe(false);
    expect(await secure("https://www.bank.example")).toBe(true);
    expect(await secure("http://www.bank.example", { "x-forwarded-proto": "https" })).toBe(true);
    expect(await secure("app://localhost")).toBe(true);
  });

  it("lets its pages read what was answered before the site was known, when to send again included", async () => {
    const app = await collector(other, { ...cookieSite, origins: [ORIGIN] });
    const credentials = async (more: More): Promise<unknown[]> => {
      const { statusCode, headers } = await send(app, more);
      return [statusCode, headers["access-control-allow-credentials"]];
    };
    expect(await credentials({ payload: "[" })).toEqual([400, "true"]);
    expect(await credentials({ writeKey: "bw_wrong" })).toEqual([401, "true"]);
    expect(await credentials({ headers: { "content-type": "text/html" } })).toEqual([415, "true"]);
    expect(await credentials({ payload: "[", origin: "https://a.example" })).toEqual([
      400,
      undefined,
    ]);
  });
});

it("a tag that sends cookies to a site without a cookieDomain is warned of, once and without them", async () => {
  const lines: string[] = [];
  const log = pino({ level: "warn" }, { write: (line: string) => void lines.push(line) });
  const app = await openApp({ sites: [other, cookieSite] }, { now: () => NOW, log });
  await send(app);
  await send(app, { writeKey: other.writeKey, cookie: "theme=dark" });
  expect(lines).toEqual([]);
  for (let times = 0; times < 3; times++) await send(app, { writeKey: other.writeKey });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"site":"other"');
  expect(lines[0]).toContain("set BALISE_COOKIE_DOMAIN");
  expect(lines[0]).not.toContain(ID);
});

it("a site without a cookieDomain is answered as ever, whatever cookies come and whoever its neighbour is", async () => {
  const alone = await send(await collector(other), { writeKey: other.writeKey });
  const beside = await send(await collector(other, cookieSite), { writeKey: other.writeKey });
  const dateless = ({ headers }: LightMyRequestResponse) => ({ ...headers, date: "" });
  expect(alone.statusCode).toBe(202);
  expect(dateless(beside)).toEqual(dateless(alone));
  expect(alone.headers).not.toHaveProperty("access-control-allow-credentials");
  expect(alone.headers).not.toHaveProperty("set-cookie");
});
