import { once } from "node:events";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings, type Settings } from "../config.js";
import { encodeRecords } from "../ingest/record.js";
import { Spool } from "../ingest/spool.js";
import { loadKeys } from "../sites.js";
import { checkClock } from "./clock.js";
import { checkCollector } from "./collector.js";
import { checkDataDir } from "./data-dir.js";
import { checkRoom, checkSyncs } from "./disk.js";
import { checkDoor } from "./door.js";
import { checkErasures } from "./erasures.js";
import { examine } from "./doctor.js";
import { checkKeys } from "./keys.js";
import { checkNode } from "./node.js";
import { checkSpool, judgeSpool, readSpool } from "./spool.js";
import { checkStore } from "./store.js";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "balise-doctor-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const settings = (env: Record<string, string> = {}): Settings => readSettings(env, "/nowhere.json");
const MiB = 1024 * 1024;

/** Every file with its bytes. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path, readFileSync(path).toString("latin1")]),
  );

describe("the spool", () => {
  const dir = (): string => join(dataDir, "spool");

  it("is told with what waits in it, read beside the collector that writes it", async () => {
    const spool = await Spool.open({ dir: dir(), maxBytes: 16 * MiB });
    const record = encodeRecords([
      { table: "events", line: "{}" },
      { table: "events", line: "{}" },
    ]);
    await spool.append(record);
    await spool.freeze();
    await spool.append(record);
    // A write that is under way.
    const [open = ""] = readdirSync(dir()).filter((file) => file.endsWith(".open"));
    writeFileSync(join(dir(), open), record.subarray(0, 9), { flag: "a" });
    const before = contents(dir());
    const { findings } = await checkSpool(dir(), 16 * MiB);
    expect(findings).toMatchObject([
      {
        level: "ok",
        is: expect.stringMatching(
          /^4 rows wait in 2 segments \(.* of 16.0 MiB\), the oldest of 0 s ago$/,
        ),
      },
    ]);
    expect(contents(dir())).toEqual(before);
    await spool.close();
  });

  it("names torn and harmed segments, and still counts their whole records", async () => {
    const spool = await Spool.open({ dir: dir(), maxBytes: 16 * MiB });
    await spool.append(encodeRecords([{ table: "events", line: "{}" }]));
    await spool.close();
    const [file = ""] = readdirSync(dir());
    writeFileSync(join(dir(), file), "torn", { flag: "a" });
    writeFileSync(join(dir(), "1.damaged"), "harmed");
    const content = await readSpool(dir());
    expect(content).toMatchObject({
      rows: 1,
      torn: [join(dir(), file)],
      damaged: [join(dir(), "1.damaged")],
    });
    expect(judgeSpool(content, 16 * MiB, Date.now()).map(({ level }) => level)).toEqual([
      "ok",
      "warning",
      "warning",
    ]);
  });

  it("is looked at when it fills up, or is not emptied", () => {
    const now = Date.now();
    const content = { segments: 1, bytes: 10, rows: 1, oldest: now, torn: [], damaged: [] };
    const level = (more: object, maxBytes = 100): string | undefined =>
      judgeSpool({ ...content, ...more }, maxBytes, now)[0]?.level;
    expect(level({})).toBe("ok");
    expect(level({ bytes: 60 })).toBe("warning");
    expect(level({ bytes: 99 })).toBe("failure");
    expect(level({ oldest: now - 3_600_000 })).toBe("warning");
    expect(level({ rows: 0, oldest: now - 3_600_000 })).toBe("ok");
  });
});

describe("the keys", () => {
  it("must be for nobody else to read, and are not told", () => {
    const keys = loadKeys(dataDir);
    expect(checkKeys(settings(), dataDir)).toMatchObject([{ level: "ok" }]);
    chmodSync(join(dataDir, "keys.json"), 0o644);
    const findings = checkKeys(settings(), dataDir);
    expect(findings).toMatchObject([
      { level: "failure", todo: expect.stringContaining("chmod 600") },
    ]);
    for (const key of [keys.secretKey, keys.readKey, keys.embeddedPassword]) {
      expect(JSON.stringify(findings)).not.toContain(key);
    }
  });

  it("are not made by looking", () => {
    expect(checkKeys(settings(), dataDir)).toMatchObject([{ level: "ok" }]);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("are named when they are short or damaged", () => {
    expect(checkKeys(settings({ BALISE_SECRET_KEY: "guess-me" }), dataDir)).toMatchObject([
      { level: "warning", is: "the secret key of default has less than 16 characters" },
    ]);
    writeFileSync(join(dataDir, "keys.json"), "{");
    expect(checkKeys(settings(), dataDir)).toMatchObject([
      { level: "failure", is: expect.stringContaining("damaged") },
    ]);
  });
});

describe("the data directory and its disk", () => {
  it("must be a directory that others may not read", () => {
    expect(checkDataDir(dataDir)).toMatchObject([{ level: "ok" }]);
    chmodSync(dataDir, 0o755);
    expect(checkDataDir(dataDir)).toMatchObject([
      { level: "failure", todo: expect.stringContaining("chmod 700") },
    ]);
    const file = join(dataDir, "file");
    writeFileSync(file, "");
    expect(checkDataDir(file)).toMatchObject([{ is: expect.stringContaining("not a directory") }]);
    expect(checkDataDir(join(dataDir, "absent"))).toMatchObject([{ level: "ok" }]);
  });

  it("are warned of when the disk would be full before the spool", async () => {
    expect((await checkRoom(dataDir, 1024, 0)).level).toBe("ok");
    expect((await checkRoom(dataDir, Number.MAX_SAFE_INTEGER, 0)).level).toBe("warning");
    expect((await checkRoom(dataDir, 2 ** 50, 2 ** 50)).level).toBe("ok");
  });

  it("are measured by syncs that leave nothing", async () => {
    expect(await checkSyncs(dataDir, 1e9)).toMatchObject({ level: "ok" });
    expect(await checkSyncs(dataDir, -1)).toMatchObject({ level: "warning" });
    expect(readdirSync(dataDir)).toEqual([]);
    expect(await checkSyncs(join(dataDir, "absent"))).toMatchObject({ level: "failure" });
  });

  it("betray a clock that was set back", () => {
    const now = Date.now();
    mkdirSync(join(dataDir, "spool"));
    writeFileSync(join(dataDir, "spool", "1.seg"), "");
    expect(checkClock(dataDir, now).level).toBe("ok");
    utimesSync(join(dataDir, "spool", "1.seg"), new Date(), new Date(now + 3_600_000));
    expect(checkClock(dataDir, now).level).toBe("warning");
  });

  it("hold requests to erase that should have been carried out", () => {
    expect(checkErasures(dataDir)).toMatchObject({ level: "ok", is: "none pending" });
    mkdirSync(join(dataDir, "erasures"));
    writeFileSync(join(dataDir, "erasures", "1.json"), "{}");
    expect(checkErasures(dataDir)).toMatchObject({ level: "ok", is: "1 pending" });
    expect(checkErasures(dataDir, Date.now() + 2 * 86_400_000).level).toBe("warning");
  });
});

describe("the rest", () => {
  it("is an old Node, a GeoIP file that is none, a port that something else has", async () => {
    expect(checkNode("20.18.9").level).toBe("failure");
    expect(checkNode("22.0.0").level).toBe("ok");
    const geoip = join(dataDir, "places.mmdb");
    writeFileSync(geoip, "no places");
    expect(checkDoor(settings({ BALISE_GEOIP: geoip })).map(({ level }) => level)).toEqual([
      "ok",
      "failure",
    ]);
    const server = createServer((socket) =>
      socket.on("error", () => undefined).end("who are you?\n"),
    ).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const { runs, findings } = await checkCollector(settings({ BALISE_PORT: port }), dataDir);
    server.close();
    expect(runs).toBe(false);
    expect(findings).toMatchObject([
      { check: "lock", level: "ok" },
      { check: "port", level: "failure", is: expect.stringContaining("no collector") },
    ]);
    const free = await checkCollector(settings({ BALISE_PORT: port }), dataDir);
    expect(free.findings).toMatchObject([{ level: "ok" }, { is: `${port} is free` }]);
  });

  it("is an embedded ClickHouse that is elsewhere than was told, or is another's", async () => {
    mkdirSync(join(dataDir, "clickhouse"));
    const stranger = createHttpServer((_request, response) => {
      response.writeHead(403, { "x-clickhouse-exception-code": "516" });
      response.end("Code: 516. DB::Exception: wrong password. (AUTHENTICATION_FAILED)\n");
    }).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    const address = stranger.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const look = (): Promise<unknown> =>
      checkStore({
        settings: settings({ BALISE_EMBEDDED_PORT: port }),
        dataDir,
        runs: true,
        open: false,
      });
    const todo = expect.stringMatching(
      /settings of the collector that runs \(BALISE_EMBEDDED_PORT/,
    );
    const is = expect.stringMatching(`the one at 127.0.0.1:${port}: wrong password`);
    expect(await look()).toEqual([{ check: "ClickHouse", level: "failure", is, todo }]);
    stranger.close();
    stranger.closeAllConnections();
    expect(await look()).toEqual([
      {
        check: "ClickHouse",
        level: "failure",
        is: `the embedded one does not answer at 127.0.0.1:${port}`,
        todo,
      },
    ]);
  });

  it("is not looked at while the settings are wrong", async () => {
    const findings = await examine({ env: { BALISE_PORT: "many" }, open: false });
    expect(findings).toMatchObject([
      { check: "Node" },
      { check: "settings", level: "failure", is: expect.stringContaining('BALISE_PORT="many"') },
    ]);
  });
});
