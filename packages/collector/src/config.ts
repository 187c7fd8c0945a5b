import { readFileSync } from "node:fs";
import { z } from "zod";
import { webhookSecretSchema, webhookUrlSchema } from "./alerts/webhook.js";
import { cookieDomainSchema } from "./door/cookie-domain.js";
import { proxiesSchema } from "./door/proxies.js";
import { propertyNamesSchema, queryParametersSchema } from "./ingest/scrub/names.js";

/** An error whose message alone tells an operator what to do: printed as one line. */
export class StartError extends Error {
  override readonly name = "StartError";
}

const port = whole(0, 65_535);
const basePath = z
  .string()
  .regex(/^(\/[\w.-]+)*$/, "must be empty or start with / and not end with one");

/** A key as it can stand in a header; who chooses a short one is warned at the start. */
export const keySchema = z
  .string()
  .regex(/^[\x21-\x7e]{1,256}$/, "must be 1 to 256 printable ASCII characters without spaces");

/** Every setting: its name in the environment and in `balise.config.json`. */
const settings = z.object({
  /** @default "127.0.0.1" */
  BALISE_HOST: z.string().min(1).default("127.0.0.1"),
  /** @default 8787; 0 takes any free port. */
  BALISE_PORT: port.default(8787),
  /** Folder of the spool, the keys and the embedded ClickHouse. @default "./.balise" */
  BALISE_DATA_DIR: z.string().min(1).default("./.balise"),
  /** Path under which a proxy publishes the collector. @default "" */
  BALISE_BASE_PATH: basePath.default(""),
  /**
   * Whose `X-Forwarded-For` is believed: a number of proxies, or addresses and networks with commas
   * between. Unset, nobody's: the address of the connection counts.
   */
  BALISE_TRUST_PROXY: proxiesSchema.optional(),
  /**
   * Requests a minute from one address past which it is asked to wait (429); 0 is without limit.
   * Many people share an address behind a company's gateway; a collector takes a million and more a
   * minute. Addresses of the own machine and of private networks are not limited. @default 60000
   */
  BALISE_RATE_LIMIT_ADDRESS: whole(0, 1_000_000_000).default(60_000),
  /** Requests a minute with one write key; 0 is without limit, so that no peak is refused. @default 0 */
  BALISE_RATE_LIMIT_KEY: whole(0, 1_000_000_000).default(0),
  /** Path of a MaxMind file (.mmdb, Country or City); unset, country and region stay empty. */
  BALISE_GEOIP: z.string().min(1).optional(),
  /**
   * The domain whose pages read the cookie of the person, which the tag asks to be prolonged: such as
   * `bank.example`, or `host` for the collector's own host. Unset, cookies are passed over.
   */
  BALISE_COOKIE_DOMAIN: cookieDomainSchema.optional(),
  /** A ClickHouse server; unset, the embedded one is started. */
  CLICKHOUSE_URL: z
    .url({ protocol: /^https?$/, error: "must be an address that starts with http:// or https://" })
    .optional(),
  CLICKHOUSE_USER: z.string().min(1).default("default"),
  /** Unset for the embedded ClickHouse, it is generated like the keys. */
  CLICKHOUSE_PASSWORD: z.string().optional(),
  /** @default "balise" */
  CLICKHOUSE_DATABASE: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be letters, digits and _")
    .default("balise"),
  /** A cluster of that server's configuration, over which the tables are spread; needs CLICKHOUSE_URL. */
  CLICKHOUSE_CLUSTER: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, "must be 1 to 64 letters, digits, _ and -")
    .optional(),
  /**
   * Replicas of a shard that must have an insert before it is acknowledged: a number, or `auto` for
   * most of them; of a cluster alone. @default "auto"
   */
  CLICKHOUSE_INSERT_QUORUM: z
    .string()
    .regex(/^(auto|\d{1,2})$/, "must be auto or a whole number from 0 to 99")
    .default("auto"),
  /** @default 8123; 0 takes any free port. */
  BALISE_EMBEDDED_PORT: port.default(8123),
  BALISE_WRITE_KEY: keySchema.optional(),
  BALISE_SECRET_KEY: keySchema.optional(),
  BALISE_READ_KEY: keySchema.optional(),
  /** Path of a JSON file that lists several sites; excludes the three keys. */
  BALISE_SITES: z.string().min(1).optional(),
  /**
   * Path of a plan of surveys, which then is not changed over HTTP; `balise.surveys.json` of the folder
   * if there is one. With several sites, `surveys` of each.
   */
  BALISE_SURVEYS: z.string().min(1).optional(),
  /** Bytes that the spool may take on disk before the answer is 503. @default 1 GiB */
  BALISE_SPOOL_MAX_BYTES: whole(16 * 1024 * 1024, Number.MAX_SAFE_INTEGER).default(1024 ** 3),
  /** Days after which ClickHouse drops events; 0 keeps them. @default 0 */
  BALISE_RETENTION_DAYS: whole(0, 36_500).default(0),
  /**
   * Groups of fewer people (or answers) are not shown, nor totals of fewer where a trait is asked for;
   * 1 shows all. @default 5
   */
  BALISE_MIN_GROUP: whole(1, 1_000_000).default(5),
  /**
   * Path of the tracking plan, `balise.plan.json` or `balise.plan.ts`, which all sites share; unset,
   * events are held against none.
   */
  BALISE_PLAN: z.string().min(1).optional(),
  /** Path of the targets, `balise.targets.json`; unset, there are none. */
  BALISE_TARGETS: z.string().min(1).optional(),
  /** Path of the rules of alerts, `balise.alerts.json`; unset, nothing is watched. */
  BALISE_ALERTS: z.string().min(1).optional(),
  /** Where alerts are sent: https, or http on the own machine. */
  BALISE_ALERTS_URL: webhookUrlSchema.optional(),
  /** What they are signed with, `whsec_…`. */
  BALISE_ALERTS_SECRET: webhookSecretSchema.optional(),
  /** Seconds between two looks at the rules. @default 300 */
  BALISE_ALERTS_SECONDS: whole(10, 86_400).default(300),
  /** Query parameters that addresses keep beside those of campaigns, with commas between. */
  BALISE_QUERY_PARAMETERS: queryParametersSchema.optional(),
  /** Properties and traits that are kept as they are, personal data included, with commas between. */
  BALISE_UNSCRUBBED_PROPERTIES: propertyNamesSchema.optional(),
  /** @default "info" */
  BALISE_LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});

/** Environment variables are texts. */
function whole(low: number, high: number): z.ZodType<number> {
  const error = `must be a whole number from ${low} to ${high}`;
  return z.coerce.number({ error }).int({ error }).min(low, { error }).max(high, { error });
}

export type Settings = z.infer<typeof settings>;

/** A name close to ours that is not ours is a mistake that would otherwise pass unnoticed. */
const OURS = /^BALISE_/;

/**
 * Reads the settings from the environment and, below it, from `balise.config.json`.
 * @throws StartError that names the setting, its value and what is allowed.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  configFile = "balise.config.json",
): Settings {
  const known = new Set(Object.keys(settings.shape));
  const values: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(readConfigFile(configFile))) {
    if (!known.has(name)) throw unknownSetting(name, configFile, known);
    values[name] = value;
  }
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value === "") continue;
    if (known.has(name)) values[name] = value;
    else if (OURS.test(name)) throw unknownSetting(name, "the environment", known);
  }
  const result = settings.safeParse(values);
  if (!result.success) {
    const issue = result.error.issues[0];
    const name = String(issue?.path[0]);
    const shown = /KEY|PASSWORD|SECRET|ALERTS_URL/.test(name)
      ? "(hidden)"
      : JSON.stringify(values[name]);
    throw new StartError(`${name}=${shown} is not valid: ${issue?.message}`);
  }
  return checkTogether(result.data);
}

function checkTogether(config: Settings): Settings {
  if (config.CLICKHOUSE_CLUSTER !== undefined && config.CLICKHOUSE_URL === undefined) {
    throw new StartError(
      `CLICKHOUSE_CLUSTER=${config.CLICKHOUSE_CLUSTER} needs a ClickHouse server of that cluster: set CLICKHOUSE_URL, or unset CLICKHOUSE_CLUSTER (the embedded ClickHouse is one process)`,
    );
  }
  const { BALISE_ALERTS, BALISE_ALERTS_URL, BALISE_ALERTS_SECRET } = config;
  if (BALISE_ALERTS !== undefined && !(BALISE_ALERTS_URL && BALISE_ALERTS_SECRET)) {
    throw new StartError(
      `BALISE_ALERTS=${BALISE_ALERTS} needs BALISE_ALERTS_URL, where alerts are sent, and BALISE_ALERTS_SECRET, which signs them: make one with echo "whsec_$(openssl rand -base64 32)"`,
    );
  }
  const keys = [config.BALISE_WRITE_KEY, config.BALISE_SECRET_KEY, config.BALISE_READ_KEY];
  if (config.BALISE_SITES !== undefined && keys.some((value) => value !== undefined)) {
    throw new StartError(
      "BALISE_SITES holds the keys of every site: unset BALISE_*_KEY, or BALISE_SITES",
    );
  }
  if (config.BALISE_SITES !== undefined && config.BALISE_COOKIE_DOMAIN !== undefined) {
    throw new StartError(
      "BALISE_SITES holds the cookieDomain of every site: put it there, and unset BALISE_COOKIE_DOMAIN",
    );
  }
  if (config.BALISE_SITES !== undefined && config.BALISE_SURVEYS !== undefined) {
    throw new StartError(
      "BALISE_SITES names the surveys of every site: put the path there, and unset BALISE_SURVEYS",
    );
  }
  const set = keys.filter((value) => value !== undefined);
  if (new Set(set).size !== set.length) {
    throw new StartError(
      "BALISE_WRITE_KEY, BALISE_SECRET_KEY and BALISE_READ_KEY must differ: the write key is public",
    );
  }
  return config;
}

function readConfigFile(path: string): Record<string, unknown> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
    throw new StartError(`${path} cannot be read: ${String(error)}`);
  }
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    throw new StartError(`${path} is not a JSON object: correct it or remove it`);
  }
}

function unknownSetting(name: string, place: string, known: ReadonlySet<string>): StartError {
  return new StartError(
    `${name} in ${place} is not a setting; the settings are ${[...known].join(", ")}`,
  );
}
