/** docker-compose.yml, without a container engine: its form, its promises, its ClickHouse. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DCLinter } from "dclint";
import { expect, test } from "vitest";
import { readSettings } from "../../packages/collector/dist/config.js";
import { testFolder } from "../support/folder.js";
import { balise } from "../support/run.js";
import { PASSWORD, startConfigured } from "./clickhouse.js";
import { readCompose, variablesOf } from "./compose.js";
import { readDockerfile } from "./dockerfile.js";

const ROOT = join(import.meta.dirname, "../..");
const FILE = join(ROOT, "docker-compose.yml");

const variables = variablesOf(FILE);
const filled = Object.fromEntries(
  variables.filter(({ needed }) => needed).map(({ name }) => [name, `a-value-of-${name}`]),
);
const { services, networks, volumes } = readCompose(FILE, filled);

/** dclint's own types do not resolve. */
interface Linted {
  messages: { rule: string; message: string }[];
}

/** What the Compose specification's schema says of a file. */
function schemaFaults(path: string): string[] {
  const linter = new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] });
  const files: Linted[] = linter.lintFiles([path], false);
  return files
    .flatMap(({ messages }) => messages)
    .filter(({ rule }) => rule.startsWith("invalid-"))
    .map(({ message }) => message);
}

test("it keeps to the schema of the Compose specification", () => {
  expect(schemaFaults(FILE)).toEqual([]);
  const broken = join(testFolder(), "docker-compose.yml");
  writeFileSync(broken, readFileSync(FILE, "utf8").replace("read_only:", "readonly:"));
  expect(schemaFaults(broken)).not.toEqual([]);
});

test("keys and passwords have no default, and .env.example holds none", () => {
  const secrets = variables.filter(({ name }) => /KEY|PASSWORD/.test(name));
  expect(new Set(secrets.map(({ name }) => name)).size).toBe(5);
  expect(secrets.filter(({ needed }) => !needed)).toEqual([]);
  expect(() => readCompose(FILE, {})).toThrow("BALISE_WRITE_KEY: set it in .env");
  const example = readFileSync(join(ROOT, ".env.example"), "utf8").split("\n");
  const settings = example.filter((line) => line !== "" && !line.startsWith("# "));
  const names = settings.map((line) => line.replace(/^#?(\w+)=.*$/, "$1"));
  expect(new Set(names)).toEqual(new Set(variables.map(({ name }) => name)));
  for (const { name } of secrets) expect(settings).toContain(`${name}=`);
  expect(readFileSync(join(ROOT, ".gitignore"), "utf8")).toMatch(/^\.env$/m);
});

test("the README's command makes a .env with all that is needed, readable by its owner alone", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const command = /^\(umask .* > \.env\)$/m.exec(readme)?.[0] ?? "";
  const folder = testFolder();
  execFileSync("/bin/sh", ["-c", command], { cwd: folder });
  const file = join(folder, ".env");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const made = readFileSync(file, "utf8").trim().split("\n");
  const values = Object.fromEntries(made.map((line) => line.split("=")));
  expect(new Set(Object.values(values)).size).toBe(made.length);
  for (const value of Object.values(values)) expect(value).toMatch(/^[0-9a-f]{48}$/);
  const ready = readCompose(FILE, values);
  expect(() => readSettings(ready.services["collector"]?.environment ?? {})).not.toThrow();
});

test.each(Object.entries(services))("%s can do no more than it needs", (name, service) => {
  expect(service).toMatchObject({
    restart: "unless-stopped",
    read_only: true,
    cap_drop: ["ALL"],
    security_opt: ["no-new-privileges:true"],
  });
  expect(service.logging.options).toHaveProperty("max-size");
  expect(service.image).toMatch(
    name === "collector" ? /^balise:slim$/ : /^[\w./-]+:v?\d+\.[\d.]+$/,
  );
  // The collector's user and health check are the image's.
  if (name !== "collector") {
    expect(service.user).toMatch(/^[1-9]\d*:\d+$/);
    expect(service.healthcheck?.test[0]).toBe("CMD");
  }
  for (const network of service.networks) expect(networks).toHaveProperty(network);
});

test("nothing is published but to this machine, and ClickHouse not at all", () => {
  const published = Object.values(services).flatMap(({ ports }) => ports);
  expect(published).toEqual(["127.0.0.1:8787:8787", "127.0.0.1:3000:3000"]);
  expect(services["clickhouse"]).toMatchObject({ ports: [], networks: ["store"] });
  expect(networks["store"]).toEqual({ internal: true });
  expect(services["prometheus"]?.profiles).toEqual(["monitoring"]);
  expect(services["grafana"]?.profiles).toEqual(["monitoring"]);
});

test("what it mounts is there, and what it builds is a stage of the Dockerfile", () => {
  const sources = Object.values(services)
    .flatMap((service) => service.volumes)
    .map((volume) => volume.split(":")[0] ?? "");
  expect(sources.length).toBeGreaterThan(7);
  for (const source of sources) {
    if (source.startsWith("./"))
      expect([source, existsSync(join(ROOT, source))]).toEqual([source, true]);
    else expect(volumes).toHaveProperty(source);
  }
  const stages = readDockerfile(join(ROOT, "Dockerfile"));
  expect(stages.map(({ name }) => name)).toContain(services["collector"]?.build?.target);
});

test("the collector takes the settings that it is given, and finds its ClickHouse by them", () => {
  const given = services["collector"]?.environment ?? {};
  const settings = readSettings(given, "/nowhere.json");
  expect(settings).toMatchObject({ BALISE_PORT: 8787, CLICKHOUSE_URL: "http://clickhouse:8123" });
  expect(given["CLICKHOUSE_PASSWORD"]).toBe(
    services["clickhouse"]?.environment["CLICKHOUSE_PASSWORD"],
  );
});

test("a real ClickHouse with our files asks for the password and has all that exactly-once needs", async () => {
  const folder = testFolder();
  const url = await startConfigured(folder, join(ROOT, "deploy/clickhouse"));
  const ask = async (password: string, query: string): Promise<string> => {
    const headers = { "x-clickhouse-user": "owner", "x-clickhouse-key": password };
    return (await fetch(url, { method: "POST", headers, body: query })).text();
  };
  expect(await ask("", "SELECT 1")).toContain("AUTHENTICATION_FAILED");

  const server = { CLICKHOUSE_URL: url, CLICKHOUSE_USER: "owner", CLICKHOUSE_PASSWORD: PASSWORD };
  const settings = { ...server, BALISE_DATA_DIR: join(folder, "balise") };
  expect(await balise(["migrate"], settings, folder)).toMatchObject({ code: 0 });
  const { stdout } = await balise(["doctor", "--json"], settings, folder);
  const { findings } = JSON.parse(stdout) as { findings: { check: string; level: string }[] };
  const wanted = ["ClickHouse version", "profile of our user", "insert deduplication"];
  for (const check of [...wanted, "settings of the tables", "rights of our user"])
    expect(findings).toContainEqual(expect.objectContaining({ check, level: "ok" }));

  await ask(PASSWORD, "SYSTEM FLUSH LOGS");
  const logs = "SELECT name FROM system.tables WHERE database = 'system' AND engine = 'MergeTree'";
  expect(new Set((await ask(PASSWORD, logs)).trim().split("\n"))).toEqual(
    new Set(["part_log", "query_log"]),
  );
});
