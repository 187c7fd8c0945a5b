import type { FastifyRequest } from "fastify";
import { HttpError } from "../errors.js";
import type { FindSite, KeyKind, Site } from "../sites.js";

const NAMES: Record<KeyKind, string> = {
  writeKey: "write key",
  secretKey: "secret key",
  readKey: "read key",
};

/** The site of `Authorization: Bearer <key>`. */
export function siteOfBearer(request: FastifyRequest, kind: KeyKind, findSite: FindSite): Site {
  const key = /^Bearer +([^\s]{1,256})$/i.exec(request.headers.authorization ?? "")?.[1];
  if (key === undefined) {
    throw new HttpError("unknown_key", `no key: send Authorization: Bearer <${NAMES[kind]}>`);
  }
  const site = findSite(kind, key);
  if (site === undefined)
    throw new HttpError("unknown_key", `this is not the ${NAMES[kind]} of any site`);
  return site;
}
