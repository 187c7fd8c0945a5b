import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** The console's files, at the root of the collector. */
export async function consoleRoutes(app: FastifyInstance): Promise<void> {
  if (app.prefix !== "") {
    app.get("", { prefixTrailingSlash: "no-slash" }, (_request, reply) =>
      reply.redirect(`${app.prefix}/`, 302),
    );
  }
  const root = join(
    dirname(fileURLToPath(import.meta.resolve("@balise/console/package.json"))),
    "dist",
  );
  await app.register(fastifyStatic, {
    root,
    prefix: "/",
    cacheControl: false,
    // A few small files: nobody resumes one.
    acceptRanges: false,
    allowedPath: (path) => !path.endsWith(".tsbuildinfo") && !path.endsWith(".map"),
    setHeaders: (reply) => {
      void reply
        .header("cache-control", "no-cache")
        .header("content-security-policy", POLICY)
        .header("cross-origin-opener-policy", "same-origin");
    },
  });
}
