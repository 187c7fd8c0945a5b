import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { OWN_HOST } from "../door/cookie-domain.js";
import { originAllowed, type Site } from "../sites.js";

/** Seconds for which an id may live from its making on: the 13 months of audience measurement. */
const LIFE = 395 * 24 * 60 * 60;

/** Seconds by which the clock that made an id may be ahead. */
const AHEAD = 150;

/** Cookies of one answer: pages with several tags have one for each. */
const MOST = 4;

/** `balise.person=<UUID of version 7>`, with the tag's own prefix; its first 48 bits are when it was made. */
const COOKIE =
  /(?:^|; ?)([\w-]{1,32}\.person)=([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})(?=;|$)/gi;

/**
 * The cookies in which a tag keeps a person's id, as `Set-Cookie` gives them the rest of their life:
 * Safari cuts what scripts have set to seven days. No other cookie is ever answered, nor a new one.
 * @param now epoch milliseconds
 */
export function prolonged(cookies: string, domain: string, secure: boolean, now: number): string[] {
  const found = new Map<string, string>();
  for (const [, name = "", id = ""] of cookies.matchAll(COOKIE)) {
    const age = Math.floor((now - madeAt(id)) / 1000);
    // Of two with one name, a page reads the first.
    if (found.has(name) || age >= LIFE || age < -AHEAD) continue;
    found.set(name, `${name}=${id}${scope(domain)}; Max-Age=${Math.min(LIFE, LIFE - age)}`);
    if (found.size === MOST) break;
  }
  return [...found.values()].map(
    (cookie) => `${cookie}; Path=/; SameSite=Lax${secure ? "; Secure" : ""}`,
  );
}

function madeAt(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

function scope(domain: string): string {
  return domain === OWN_HOST ? "" : `; Domain=${domain}`;
}

/**
 * Lets pages of sites with a `cookieDomain` send with cookies, and prolongs the person's. An answer
 * that came before its site was known is for them to read if any such site allows the page.
 */
export function keepPersonCookies(
  scope: FastifyInstance,
  sites: readonly Site[],
  now: () => number,
): void {
  const keeping = sites.filter(({ cookieDomain }) => cookieDomain !== undefined);
  const warnOfCookies = cookieWarner();
  scope.addHook("onSend", (request, reply, _payload, done) => {
    const { origin, cookie } = request.headers;
    const site = siteOf(request, keeping);
    if (site?.cookieDomain === undefined) warnOfCookies(request);
    else if (origin !== undefined) {
      void reply.header("access-control-allow-credentials", "true");
      if (reply.statusCode === 202 && cookie !== undefined) {
        const secure = request.protocol === "https" || !origin.startsWith("http:");
        setCookies(reply, prolonged(cookie, site.cookieDomain, secure, now()));
      }
    }
    done();
  });
}

function siteOf({ site, headers }: FastifyRequest, keeping: readonly Site[]): Site | undefined {
  return site ?? keeping.find((candidate) => originAllowed(candidate, headers.origin));
}

function setCookies(reply: FastifyReply, cookies: string[]): void {
  if (cookies.length > 0)
    void reply.header("cache-control", "no-store").header("set-cookie", cookies);
}

/** A tag that sends with cookies cannot read an answer that does not allow them: told once a site. */
function cookieWarner(): (request: FastifyRequest) => void {
  const warned = new Set<Site>();
  return ({ headers: { cookie }, site, log }) => {
    if (cookie === undefined || site === undefined || warned.has(site)) return;
    if (cookie.search(COOKIE) === -1) return;
    warned.add(site);
    log.warn(
      { site: site.id },
      "a tag with cookieDomain sends to a site without one: it cannot read its answers, and sends every event again; set BALISE_COOKIE_DOMAIN (or cookieDomain in BALISE_SITES) to the same domain",
    );
  };
}
