import { describe, LIMITS } from "@balise/schema";
import type { FastifyRequest } from "fastify";
import { HttpError } from "../errors.js";
import { type FindSite, originAllowed, type Site } from "../sites.js";

/** `?k=` of the address. */
export function keyOfAddress(request: FastifyRequest): string | undefined {
  const key: unknown = Reflect.get(Object(request.query), "k");
  return typeof key === "string" && key.length <= LIMITS.shortCharacters ? key : undefined;
}

/** How the tag's bodies begin. */
const BEGINNING = /^\s*\{\s*"writeKey"\s*:\s*"([\x20\x21\x23-\x5b\x5d-\x7e]{1,256})"/;

/**
 * The write key of a body that begins with it, as the tag's do: found without reading on, so that
 * an unknown key costs no work. It is no more than a hint; the parsed body has the last word.
 */
export function keyAtBeginning(bytes: Buffer): string | undefined {
  return BEGINNING.exec(bytes.toString("latin1", 0, 320))?.[1];
}

/** The site of a write key. The message names the key's beginning alone: write keys are public, secret ones get mixed up with them. */
export function siteOfWriteKey(key: string | undefined, findSite: FindSite): Site {
  if (key === undefined || key === "") {
    throw new HttpError(
      "unknown_key",
      "no write key: put it into writeKey of the body, or ?k= of the address",
    );
  }
  const site = findSite("writeKey", key);
  if (site === undefined) {
    throw new HttpError(
      "unknown_key",
      `no site has the write key ${describe(`${key.slice(0, 6)}…`)}, nothing was kept: copy the write key from the collector's start (keys.json of its data directory, or BALISE_SITES)`,
    );
  }
  return site;
}

export function checkOrigin(site: Site, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (!originAllowed(site, origin)) {
    throw new HttpError(
      "origin_not_allowed",
      `${describe(origin)} is not among the origins of site ${site.id}: add it there`,
    );
  }
}
