import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../errors.js";
import type { FindSite, Site } from "../sites.js";
import { siteOfBearer } from "./bearer.js";
import type { Client, ReadClient } from "./client.js";
import { Meter } from "./meter.js";
import { checkOrigin, siteOfWriteKey } from "./write-key.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sends, where `guard` watches. */
    client: Client | undefined;
    /** The site whose key let the request in. */
    site: Site | undefined;
  }
}

/** Requests a minute; 0 is without limit. */
export interface RateLimits {
  perKey: number;
  perAddress: number;
}

/** Wrong secret and read keys that one address may try in a minute. */
const GUESSES = 30;

/** Checks who comes in, before any work is done for them. Everything throws an HttpError. */
export interface Doorkeeper {
  /** Limits the requests of the scope by address. */
  guard: (scope: FastifyInstance) => void;
  /** By a write key, at an origin that its site allows; asked again, it counts once. */
  admit: (request: FastifyRequest, writeKey: string | undefined) => Site;
  /** By `Authorization: Bearer`; asked again, it counts once. */
  admitBearer: (request: FastifyRequest, kind: "secretKey" | "readKey") => Site;
}

export function doorkeeper(
  findSite: FindSite,
  readClient: ReadClient,
  { perKey, perAddress }: RateLimits,
  now: () => number = Date.now,
): Doorkeeper {
  const addresses = perAddress > 0 ? new Meter(perAddress, now) : undefined;
  const keys = perKey > 0 ? new Meter(perKey, now) : undefined;
  const guesses = new Meter(GUESSES, now);

  let warned = false;
  const warnOfProxy = (request: FastifyRequest): void => {
    const told = request.headers["x-forwarded-for"] !== undefined;
    if (warned || !told || request.ips !== undefined) return;
    warned = true;
    request.log.warn(
      "a proxy of the own network sends X-Forwarded-For, of which nothing is believed: set BALISE_TRUST_PROXY, or limits and countries go by the proxy's address",
    );
  };

  const limitAddress = (request: FastifyRequest): void => {
    const client = readClient(request.ip);
    request.client = client;
    if (client.near) warnOfProxy(request);
    // Near addresses are proxies and servers: through an unnamed proxy they stand for everyone.
    const wait = client.near ? 0 : (addresses?.take(client.key) ?? 0);
    if (wait > 0)
      throw tooMany(`this address sends more than ${perAddress} requests a minute`, wait);
  };

  return {
    guard(scope) {
      scope.decorateRequest("client", undefined).decorateRequest("site", undefined);
      scope.addHook("onRequest", (request, _reply, done) => {
        limitAddress(request);
        done();
      });
    },
    admit(request, writeKey) {
      const site = siteOfWriteKey(writeKey, findSite);
      if (site === request.site) return site;
      checkOrigin(site, request);
      const wait = keys?.take(site.id) ?? 0;
      if (wait > 0) {
        throw tooMany(`site ${site.id} is sent more than ${perKey} requests a minute`, wait);
      }
      request.site = site;
      return site;
    },
    admitBearer(request, kind) {
      if (request.site !== undefined) return request.site;
      const guesser = request.client?.near === false ? request.client.key : undefined;
      const wait = guesser === undefined ? 0 : guesses.wait(guesser);
      if (wait > 0) throw tooMany(`this address has sent more than ${GUESSES} wrong keys`, wait);
      try {
        request.site = siteOfBearer(request, kind, findSite);
        return request.site;
      } catch (error) {
        const guessed = request.headers.authorization !== undefined;
        if (guessed && guesser !== undefined) guesses.take(guesser);
        throw error;
      }
    },
  };
}

function tooMany(what: string, seconds: number): HttpError {
  const message = `${what}: send again in ${seconds} s`;
  return new HttpError("too_many_requests", message, seconds);
}
