import type { FastifyInstance, FastifyRequest } from "fastify";
import { HttpError } from "../errors.js";
import type { FindSite, Site } from "../sites.js";
import { siteOfBearer } from "./bearer.js";
import type { Client, ReadClient } from "./client.js";
import { createRate } from "./rate.js";
import { checkOrigin, siteOfWriteKey } from "./write-key.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who sends, where `guard` watches. */
    client: Client | undefined;
    /** The site whose key came with the request. */
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

/** Checks who comes in, before any work is done for them. Everything rejects with an HttpError. */
export interface Doorkeeper {
  /** Limits the requests of the scope by address. */
  guard: (scope: FastifyInstance) => void;
  /** By a write key, at an origin that its site allows; asked again, it counts once. */
  admit: (request: FastifyRequest, writeKey: string | undefined) => Promise<Site>;
  /** By `Authorization: Bearer`; asked again, it counts once. */
  admitBearer: (request: FastifyRequest, kind: "secretKey" | "readKey") => Promise<Site>;
}

/** @param app has @fastify/rate-limit */
export function doorkeeper(
  app: FastifyInstance,
  findSite: FindSite,
  readClient: ReadClient,
  { perKey, perAddress }: RateLimits,
): Doorkeeper {
  const addresses = perAddress > 0 ? createRate(app, perAddress, addressOf) : undefined;
  const sites = perKey > 0 ? createRate(app, perKey, siteOf) : undefined;
  const guesses = createRate(app, GUESSES, addressOf);

  let warned = false;
  const warnOfProxy = (request: FastifyRequest): void => {
    const told = request.headers["x-forwarded-for"] !== undefined;
    if (warned || !told || request.ips !== undefined) return;
    warned = true;
    request.log.warn(
      "a proxy of the own network sends X-Forwarded-For, of which nothing is believed: set BALISE_TRUST_PROXY, or limits and countries go by the proxy's address",
    );
  };

  const meet = (request: FastifyRequest): void => {
    request.client = readClient(request.ip);
    if (request.client.near) warnOfProxy(request);
  };

  return {
    guard(scope) {
      scope.decorateRequest("client", undefined).decorateRequest("site", undefined);
      scope.addHook("onRequest", (request, _reply, done) => {
        meet(request);
        done();
      });
      if (addresses === undefined) return;
      scope.addHook("onRequest", async (request) => {
        if (isNear(request)) return;
        const wait = await addresses.take(request);
        refuse(wait, `this address sends more than ${perAddress} requests a minute`);
      });
    },
    async admit(request, writeKey) {
      const site = siteOfWriteKey(writeKey, findSite);
      if (site === request.site) return site;
      checkOrigin(site, request);
      request.site = site;
      if (sites !== undefined) {
        const wait = await sites.take(request);
        refuse(wait, `site ${site.id} is sent more than ${perKey} requests a minute`);
      }
      return site;
    },
    async admitBearer(request, kind) {
      if (request.site !== undefined) return request.site;
      const guesser = request.headers.authorization !== undefined && !isNear(request);
      let site: Site;
      try {
        site = siteOfBearer(request, kind, findSite);
      } catch (error) {
        if (guesser) refuseGuesser(await guesses.take(request));
        throw error;
      }
      // After the look: of keys that are sent at once, a right one must wait for the wrong before it.
      if (guesser) refuseGuesser(await guesses.wait(request));
      request.site = site;
      return site;
    },
  };
}

function addressOf({ client }: FastifyRequest): string {
  return client?.key ?? "unknown";
}

function siteOf({ site }: FastifyRequest): string {
  return site?.id ?? "unknown";
}

/** Proxies and servers: through an unnamed proxy they stand for everyone. */
function isNear({ client }: FastifyRequest): boolean {
  return client?.near !== false;
}

function refuseGuesser(seconds: number): void {
  refuse(seconds, `this address has sent more than ${GUESSES} wrong keys`);
}

function refuse(seconds: number, why: string): void {
  if (seconds > 0)
    throw new HttpError("too_many_requests", `${why}: send again in ${seconds} s`, seconds);
}
