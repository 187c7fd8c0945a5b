import { hash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { cookieDomainSchema } from "./door/cookie-domain.js";
import { keySchema, type Settings, StartError } from "./config.js";

export interface Site {
  id: string;
  writeKey: string;
  secretKey: string;
  readKey: string;
  /** Origins that may send; empty allows all. `null` stands for webviews and files. */
  origins: readonly string[];
  /** Whose pages read the cookie of the person; absent, cookies are passed over. */
  cookieDomain?: string | undefined;
  /** Path of its plan of surveys; absent, plans come over HTTP. */
  surveys?: string | undefined;
}

export type KeyKind = "writeKey" | "secretKey" | "readKey";

/** Finds the site of a key; an unknown key finds nothing. */
export type FindSite = (kind: KeyKind, key: string) => Site | undefined;

/** Anything else would match nothing that a browser sends, or more than is meant. */
const originPattern = z
  .string()
  .regex(
    /^(null|[a-z][a-z0-9+.-]*:\/\/(\*\.)?([a-z0-9_-]+(\.[a-z0-9_-]+)*|\[[0-9a-f:]+\])(:\d{1,5})?)$/,
    'must be an origin in small letters without a path, such as https://shop.example or https://*.shop.example, or "null"',
  );

/** Characters under which a key can be guessed by trying. */
export const SHORT_KEY = 16;

const siteSchema = z.object({
  id: z.string().regex(/^[\w.-]{1,64}$/),
  writeKey: keySchema,
  secretKey: keySchema,
  readKey: keySchema,
  origins: z.array(originPattern).default([]),
  cookieDomain: cookieDomainSchema.optional(),
  surveys: z.string().min(1).optional(),
});

const keysSchema = z.object({
  writeKey: keySchema,
  secretKey: keySchema,
  readKey: keySchema,
  embeddedPassword: keySchema,
});

export interface Keys extends z.infer<typeof keysSchema> {
  /** Which of them were made just now, to be printed once. */
  fresh: boolean;
}

/**
 * The keys of the data directory, if it has any.
 * @throws StartError where the file is damaged.
 */
export function readKeys(dataDir: string): Keys | undefined {
  const path = join(dataDir, "keys.json");
  if (!existsSync(path)) return undefined;
  try {
    return { ...keysSchema.parse(JSON.parse(readFileSync(path, "utf8"))), fresh: false };
  } catch {
    throw new StartError(`${path} is damaged: restore it, or remove it to have new keys made`);
  }
}

/** The keys of the data directory; made, and kept with mode 600, where there are none. */
export function loadKeys(dataDir: string): Keys {
  const path = join(dataDir, "keys.json");
  const known = readKeys(dataDir);
  if (known !== undefined) return known;
  const keys = {
    writeKey: newKey("bw"),
    secretKey: newKey("bs"),
    readKey: newKey("br"),
    embeddedPassword: newKey("bc"),
  };
  // Under its name at once or not at all: a process killed at its first start leaves no half of it.
  const aside = `${path}.new`;
  rmSync(aside, { force: true });
  writeFileSync(aside, `${JSON.stringify(keys, null, 2)}\n`, {
    mode: 0o600,
    flag: "wx",
    flush: true,
  });
  renameSync(aside, path);
  return { ...keys, fresh: true };
}

function newKey(prefix: string): string {
  return `${prefix}_${randomBytes(24).toString("base64url")}`;
}

/** The sites that the settings describe: one from the keys, or those of `BALISE_SITES`. */
export function loadSites(settings: Settings, keys: Keys): Site[] {
  if (settings.BALISE_SITES === undefined) {
    return [
      {
        id: "default",
        writeKey: settings.BALISE_WRITE_KEY ?? keys.writeKey,
        secretKey: settings.BALISE_SECRET_KEY ?? keys.secretKey,
        readKey: settings.BALISE_READ_KEY ?? keys.readKey,
        origins: [],
        cookieDomain: settings.BALISE_COOKIE_DOMAIN,
      },
    ];
  }
  const path = settings.BALISE_SITES;
  let sites: Site[];
  try {
    sites = z
      .array(siteSchema)
      .min(1)
      .parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    throw new StartError(`BALISE_SITES=${path} cannot be used: ${whyNot(error)}`);
  }
  const all = sites.flatMap((site) => [site.writeKey, site.secretKey, site.readKey]);
  if (new Set(all).size !== all.length) {
    throw new StartError(`BALISE_SITES=${path}: a key is used twice; every key must be its own`);
  }
  if (new Set(sites.map((site) => site.id)).size !== sites.length) {
    throw new StartError(`BALISE_SITES=${path}: two sites have the same id`);
  }
  return sites;
}

function whyNot(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return `${z.core.toDotPath(issue?.path ?? [])} ${issue?.message}`.trim();
  }
  if (error instanceof SyntaxError) return "it is not JSON";
  return error instanceof Error && "code" in error && error.code === "ENOENT"
    ? "there is no such file"
    : String(error);
}

/**
 * Looks keys up by their digests, salted anew in every process: how long a look takes tells nothing
 * of a key, however many sites there are, and an unknown key costs no more than a known one, so that
 * there is nothing for a memory of unknown keys to save.
 */
export function siteFinder(sites: readonly Site[]): FindSite {
  const salt = randomBytes(32).toString("hex");
  const digest = (kind: KeyKind, key: string): string =>
    hash("sha256", `${salt} ${kind} ${key}`, "base64url");
  const found = new Map<string, Site>();
  for (const site of sites) {
    for (const kind of ["writeKey", "secretKey", "readKey"] as const) {
      found.set(digest(kind, site[kind]), site);
    }
  }
  return (kind, candidate) => found.get(digest(kind, candidate));
}

/** Whether a site takes events from a page of this origin. */
export function originAllowed(site: Site, origin: string | undefined): boolean {
  if (site.origins.length === 0 || origin === undefined) return true;
  return site.origins.some((pattern) => originMatches(pattern, origin));
}

/** `https://*.shop.example` matches any host below `shop.example`, never the host itself. */
function originMatches(pattern: string, origin: string): boolean {
  const star = pattern.indexOf("*.");
  if (star === -1) return pattern === origin;
  const prefix = pattern.slice(0, star);
  const suffix = pattern.slice(star + 1);
  const label = origin.slice(prefix.length, origin.length - suffix.length);
  return (
    origin.startsWith(prefix) &&
    origin.endsWith(suffix) &&
    origin.length > prefix.length + suffix.length &&
    /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(label)
  );
}
