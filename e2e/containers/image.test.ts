/**
 * The images, without a container engine: the steps of the Dockerfile run as commands in a clean
 * folder, and what they make runs as the image's user in a tree that it cannot write.
 */
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { type Embedded, startEmbedded } from "../../packages/collector/dist/embedded/index.js";
import { makeEvent } from "../support/events.js";
import { Builder, type Image } from "./build.js";
import { type Running, runIn, seal, unseal } from "./run.js";

const ROOT = join(import.meta.dirname, "../..");
const BUILD_PATIENCE = 240_000;
const PATIENCE = { timeout: 30_000 };

const folder = mkdtempSync(join(tmpdir(), "balise-image-"));
chmodSync(folder, 0o755);
const builder = new Builder(ROOT, folder);
const images: Partial<Record<"slim" | "embedded", Image>> = {};

beforeAll(async () => {
  for (const name of ["slim", "embedded"] as const) {
    const image = await builder.build(name);
    seal(image);
    images[name] = image;
  }
}, BUILD_PATIENCE);

afterAll(() => {
  for (const image of Object.values(images)) unseal(image);
  rmSync(folder, { recursive: true, force: true });
}, BUILD_PATIENCE);

const KEYS = {
  BALISE_WRITE_KEY: "write-key-of-the-image-test",
  BALISE_SECRET_KEY: "secret-key-of-the-image-test",
  BALISE_READ_KEY: "read-key-of-the-image-test",
};

function image(name: "slim" | "embedded"): Image {
  const built = images[name];
  if (built === undefined) throw new Error(`${name} is not built`);
  return built;
}

function start(name: "slim" | "embedded", settings: Record<string, string>): Running {
  const { entrypoint, command } = image(name);
  const running = runIn(image(name), [...entrypoint, ...command], {
    ...KEYS,
    BALISE_PORT: "0",
    BALISE_EMBEDDED_PORT: "0",
    ...settings,
  });
  onTestFinished(async () => {
    running.kill("SIGTERM");
    await running.ended;
  });
  return running;
}

/** The port that the collector says that it listens on, when it is ready. */
async function portOf(running: Running): Promise<string> {
  const said = (): string | undefined => /console +http:\S+?:(\d+)/.exec(running.stdout())?.[1];
  await vi.waitUntil(() => said() !== undefined, PATIENCE).catch(() => undefined);
  const port = said();
  if (port === undefined) throw new Error(`it is not ready: ${running.stderr()}`);
  return port;
}

const health = async (name: "slim" | "embedded", settings: Record<string, string>) =>
  (await runIn(image(name), image(name).healthcheck, settings).ended).code;

async function send(base: string): Promise<Response> {
  return fetch(`${base}/v1/batch`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      writeKey: KEYS.BALISE_WRITE_KEY,
      sentAt: Date.now(),
      events: [makeEvent()],
    }),
  });
}

test("they run as a user without rights, with one volume, and end on SIGTERM", () => {
  for (const name of ["slim", "embedded"] as const)
    expect(image(name)).toMatchObject({
      user: "1000:1000",
      stopSignal: "SIGTERM",
      volumes: ["/data"],
    });
});

test.each(["slim", "embedded"] as const)("%s weighs what the README says at most", (name) => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const told = new RegExp(`\\| \`${name}\` \\|.*\\| less than (\\d+) MB \\|`).exec(readme)?.[1];
  const files = readdirSync(join(image(name).root, "app"), {
    recursive: true,
    withFileTypes: true,
  });
  const bytes = files
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  expect(bytes).toBeGreaterThan(10e6);
  expect(bytes).toBeLessThan(Number(told) * 1e6);
});

describe("slim, on a read-only tree and as its user", () => {
  let engine: Embedded;
  const password = "of the image test";
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

  beforeAll(async () => {
    engine = await startEmbedded({
      dataDir: join(folder, "clickhouse"),
      port: 0,
      database: "balise",
      user: "owner",
      password,
      readers: [],
      log: quiet,
    });
  });
  afterAll(() => engine.stop());

  const server = (): Record<string, string> => ({
    CLICKHOUSE_URL: engine.url,
    CLICKHOUSE_USER: "owner",
    CLICKHOUSE_PASSWORD: password,
  });

  test("holds no chDB, and no package that only the build needs", () => {
    const packages = readdirSync(join(image("slim").root, "app/node_modules/.pnpm"));
    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter((name) => /chdb|typescript|vitest|rollup|preact/.test(name))).toEqual(
      [],
    );
    expect(existsSync(join(image("slim").root, "app/src"))).toBe(false);
  });

  test("stores an event in the ClickHouse given, is healthy, and ends with 0 on its signal", async () => {
    const running = start("slim", { ...server(), BALISE_BASE_PATH: "/balise" });
    const port = await portOf(running);
    const place = { BALISE_PORT: port, BALISE_BASE_PATH: "/balise" };
    expect(await health("slim", place)).toBe(0);
    expect(await health("slim", { BALISE_PORT: port })).toBe(1);
    expect((await send(`http://127.0.0.1:${port}/balise`)).status).toBe(202);
    running.kill("SIGTERM");
    expect(await running.ended).toEqual({ code: 0, signal: null });
    expect(running.stderr()).toContain("everything is stored, stopped");
    expect(await health("slim", place)).toBe(1);
    const rows = await fetch(`${engine.url}/?database=balise`, {
      method: "POST",
      headers: { "x-clickhouse-user": "owner", "x-clickhouse-key": password },
      body: "SELECT count() FROM events",
    });
    expect(await rows.text()).toBe("1\n");
  });

  test("finds nothing that keeps it from its work, asked beside the one that runs", async () => {
    const running = start("slim", server());
    const settings = { ...KEYS, ...server(), BALISE_PORT: await portOf(running) };
    const { entrypoint } = image("slim");
    const doctor = runIn(image("slim"), [...entrypoint, "doctor"], settings);
    const { code } = await doctor.ended;
    expect(doctor.stdout()).toContain("✓ insert deduplication");
    expect(doctor.stdout()).not.toContain("✗");
    expect(code).toBe(0);
  });

  test("prints no key that was given, at the first start either", async () => {
    const fresh = join(image("slim").root, "data/fresh");
    const running = start("slim", { ...server(), BALISE_DATA_DIR: fresh });
    await portOf(running);
    for (const key of Object.values(KEYS)) {
      expect(running.stdout() + running.stderr()).not.toContain(key);
    }
    expect(existsSync(join(fresh, "keys.json"))).toBe(true);
  });

  test("says in one line that without chDB it needs a ClickHouse server", async () => {
    const running = start("slim", { BALISE_LOG_LEVEL: "silent" });
    expect(await running.ended).toMatchObject({ code: 1 });
    expect(running.stderr()).toBe(
      "balise: chDB, the library behind the embedded ClickHouse, is not installed here: set CLICKHOUSE_URL to a ClickHouse server.\n",
    );
  });
});

describe("embedded, on a read-only tree and as its user", () => {
  test("stores events in its own ClickHouse, and finds them at the next start", async () => {
    const first = start("embedded", {});
    const port = await portOf(first);
    expect(await health("embedded", { BALISE_PORT: port })).toBe(0);
    expect((await send(`http://127.0.0.1:${port}`)).status).toBe(202);
    first.kill("SIGTERM");
    expect(await first.ended).toEqual({ code: 0, signal: null });
    const next = `http://127.0.0.1:${await portOf(start("embedded", {}))}`;
    const answer = await fetch(`${next}/v1/query/event_names`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${KEYS.BALISE_READ_KEY}`,
        "content-type": "application/json",
      },
      body: "{}",
    });
    expect(await answer.json()).toMatchObject({ rows: [{ name: makeEvent().name }] });
  });
});
