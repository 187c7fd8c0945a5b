import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FastifyInstance, FastifyReply } from "fastify";
import { openToOthers } from "../door/headers.js";

/** `balise.all` is the tag with every instrument. */
const SCRIPTS = ["balise", "balise.all"];

/** The script-tag builds, each under a short-lived name and under one that never changes its content. */
export async function scriptRoutes(app: FastifyInstance): Promise<void> {
  const version = versionOf();
  for (const name of SCRIPTS) serve(app, name, version);
}

function serve(app: FastifyInstance, name: string, version: string): void {
  const script = readFileSync(fileURLToPath(import.meta.resolve(`@balise/sdk/${name}.js`)));
  const integrity = `sha384-${createHash("sha384").update(script).digest("base64")}`;
  const etag = `"${createHash("sha256").update(script).digest("base64url")}"`;

  const send = async (
    reply: FastifyReply,
    caching: string,
    seen: string | undefined,
  ): Promise<FastifyReply> => {
    void openToOthers(reply)
      .header("cache-control", caching)
      .header("etag", etag)
      .header("access-control-allow-origin", "*")
      .header("x-balise-integrity", integrity);
    if (seen?.includes(etag) === true) return reply.code(304).send();
    return reply.type("text/javascript; charset=utf-8").send(script);
  };
  app.get(`/v1/${name}.js`, (request, reply) =>
    send(reply, "public, max-age=300", request.headers["if-none-match"]),
  );
  app.get(`/v1/${name}.${version}.js`, (request, reply) =>
    send(reply, "public, max-age=31536000, immutable", request.headers["if-none-match"]),
  );
}

function versionOf(): string {
  const text = readFileSync(fileURLToPath(import.meta.resolve("@balise/sdk/package.json")), "utf8");
  const version: unknown = Reflect.get(Object(JSON.parse(text)), "version");
  return String(version);
}
