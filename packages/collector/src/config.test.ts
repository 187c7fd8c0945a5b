import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSettings, StartError } from "./config.js";

const dir = mkdtempSync(join(tmpdir(), "balise-config-"));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const NO_FILE = join(dir, "none.json");

describe("the settings", () => {
  it("have the documented defaults, and no key among them", () => {
    expect(readSettings({}, NO_FILE)).toEqual({
      BALISE_HOST: "127.0.0.1",
      BALISE_PORT: 8787,
      BALISE_ALERTS_SECONDS: 300,
      BALISE_DATA_DIR: "./.balise",
      BALISE_BASE_PATH: "",
      BALISE_RATE_LIMIT_ADDRESS: 60_000,
      BALISE_RATE_LIMIT_KEY: 0,
      BALISE_EMBEDDED_PORT: 8123,
      BALISE_SPOOL_MAX_BYTES: 1024 ** 3,
      BALISE_RETENTION_DAYS: 0,
      BALISE_MIN_GROUP: 5,
      BALISE_LOG_LEVEL: "info",
      CLICKHOUSE_USER: "default",
      CLICKHOUSE_DATABASE: "balise",
      CLICKHOUSE_INSERT_QUORUM: "auto",
    });
  });

  it("come from the environment, and below it from the file", () => {
    const file = join(dir, "balise.config.json");
    writeFileSync(file, JSON.stringify({ BALISE_PORT: 1234, BALISE_HOST: "0.0.0.0" }));
    expect(readSettings({ BALISE_PORT: "99" }, file)).toMatchObject({
      BALISE_PORT: 99,
      BALISE_HOST: "0.0.0.0",
    });
  });

  it.each([
    [
      { BALISE_PORT: "eighty" },
      /BALISE_PORT="eighty" is not valid: must be a whole number from 0 to 65535$/,
    ],
    [{ BALISE_PORT: "70000" }, /BALISE_PORT="70000"/],
    [{ BALISE_PROT: "8787" }, /BALISE_PROT in the environment is not a setting.*BALISE_PORT/],
    [{ CLICKHOUSE_URL: "tcp://x" }, /CLICKHOUSE_URL="tcp:\/\/x".*http:\/\/ or https:\/\/$/],
    [{ CLICKHOUSE_DATABASE: "a; DROP" }, /CLICKHOUSE_DATABASE/],
    [{ CLICKHOUSE_CLUSTER: "eu" }, /CLICKHOUSE_CLUSTER=eu needs .* set CLICKHOUSE_URL/],
    [{ CLICKHOUSE_CLUSTER: "a`b", CLICKHOUSE_URL: "http://ch:8123" }, /must be 1 to 64 letters/],
    [{ CLICKHOUSE_INSERT_QUORUM: "most" }, /must be auto or a whole number from 0 to 99/],
    [{ BALISE_TRUST_PROXY: "true" }, /BALISE_TRUST_PROXY="true" is not valid: must be a number of/],
    [{ BALISE_TRUST_PROXY: "0" }, /from 1 to 16/],
    [{ BALISE_TRUST_PROXY: "0.0.0.0/0" }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "10.0.0.1,::/0" }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "10.0.0.0/33" }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "::ffff:0:0/96" }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "fe80::1%eth0" }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "10.0.0.1," }, /BALISE_TRUST_PROXY/],
    [{ BALISE_TRUST_PROXY: "proxy.example" }, /BALISE_TRUST_PROXY/],
    [
      { BALISE_QUERY_PARAMETERS: "page,a=b" },
      /BALISE_QUERY_PARAMETERS="page,a=b" is not valid: must/,
    ],
    [{ BALISE_QUERY_PARAMETERS: "page,,sort" }, /BALISE_QUERY_PARAMETERS/],
    [{ BALISE_QUERY_PARAMETERS: "page,GCLID" }, /a click id, whose value is never kept/],
    [{ BALISE_UNSCRUBBED_PROPERTIES: "order, " }, /BALISE_UNSCRUBBED_PROPERTIES="order, "/],
    [
      { BALISE_COOKIE_DOMAIN: "https://bank.example" },
      /BALISE_COOKIE_DOMAIN="https:\/\/bank.example" is not valid: must be the domain .* without scheme/,
    ],
    ...[
      "fr",
      "localhost",
      ".bank.example",
      "Bank.example",
      "bank.example:443",
      "bank.example/",
    ].map((domain): [Record<string, string>, RegExp] => [
      { BALISE_COOKIE_DOMAIN: domain },
      /BALISE_COOKIE_DOMAIN=.*must be the domain/,
    ]),
    ...["192.0.2.1", "bank..example", "-a.example", "a-.example", "bank.example; Path=/x"].map(
      (domain): [Record<string, string>, RegExp] => [
        { BALISE_COOKIE_DOMAIN: domain },
        /BALISE_COOKIE_DOMAIN/,
      ],
    ),
    [
      { BALISE_SITES: "s.json", BALISE_COOKIE_DOMAIN: "bank.example" },
      /BALISE_SITES holds the cookieDomain of every site/,
    ],
    [{ BALISE_BASE_PATH: "balise/" }, /BALISE_BASE_PATH.*start with \//],
    [{ BALISE_SITES: "s.json", BALISE_READ_KEY: "br_1234567890123456" }, /BALISE_SITES/],
    [{ BALISE_WRITE_KEY: "k".repeat(20), BALISE_READ_KEY: "k".repeat(20) }, /must differ/],
  ])("stop the start with a message that names the mistake: %o", (env, message) => {
    expect(() => readSettings(env, NO_FILE)).toThrow(StartError);
    expect(() => readSettings(env, NO_FILE)).toThrow(message);
  });

  it("name a cluster of a ClickHouse server", () => {
    const env = { CLICKHOUSE_CLUSTER: "eu-1_a", CLICKHOUSE_URL: "http://ch:8123" };
    expect(readSettings(env, NO_FILE)).toMatchObject(env);
  });

  it("name what is not scrubbed, with commas between", () => {
    const env = { BALISE_QUERY_PARAMETERS: "page, Sort", BALISE_UNSCRUBBED_PROPERTIES: "order id" };
    expect(readSettings(env, NO_FILE)).toMatchObject({
      BALISE_QUERY_PARAMETERS: ["page", "Sort"],
      BALISE_UNSCRUBBED_PROPERTIES: ["order id"],
    });
  });

  it.each(["bank.example", "a.bank.example", "xn--bnk-0na.example", "bank.xn--p1ai", "host"])(
    "name whose pages read the cookie: %s",
    (domain) => {
      const env = { BALISE_COOKIE_DOMAIN: domain };
      expect(readSettings(env, NO_FILE)).toMatchObject(env);
    },
  );

  it("trust a number of proxies, or those of some addresses", () => {
    const trusted = (text: string): unknown =>
      readSettings({ BALISE_TRUST_PROXY: text }, NO_FILE).BALISE_TRUST_PROXY;
    expect(trusted("2")).toBe(2);
    expect(trusted("10.0.0.0/8, loopback,2001:db8::/32")).toEqual([
      "10.0.0.0/8",
      "loopback",
      "2001:db8::/32",
    ]);
  });

  it("never show a key in a message", () => {
    expect(() => readSettings({ BALISE_SECRET_KEY: "hunter 2" }, NO_FILE)).toThrow(
      /BALISE_SECRET_KEY=\(hidden\)/,
    );
  });

  it("want a receiver and a secret for rules of alerts, and show neither", () => {
    const BALISE_ALERTS = "balise.alerts.json";
    const BALISE_ALERTS_URL = "https://hooks.example/token";
    const BALISE_ALERTS_SECRET = `whsec_${Buffer.alloc(24, 1).toString("base64")}`;
    const all = { BALISE_ALERTS, BALISE_ALERTS_URL, BALISE_ALERTS_SECRET };
    expect(readSettings(all, NO_FILE)).toMatchObject({
      ...all,
      BALISE_ALERTS_SECONDS: 300,
    });
    for (const env of [{ BALISE_ALERTS }, { BALISE_ALERTS, BALISE_ALERTS_URL }]) {
      expect(() => readSettings(env, NO_FILE)).toThrow(/needs BALISE_ALERTS_URL/);
    }
    for (const [name, value] of [
      ["BALISE_ALERTS_URL", "http://hooks.example/token"],
      ["BALISE_ALERTS_SECRET", "whsec_token"],
    ] as const) {
      const read = (): unknown => readSettings({ ...all, [name]: value }, NO_FILE);
      expect(read).toThrow(`${name}=(hidden) is not valid`);
    }
  });

  it("refuse a file that is no object and a file with unknown names", () => {
    const file = join(dir, "bad.json");
    writeFileSync(file, "[1]");
    expect(() => readSettings({}, file)).toThrow(/not a JSON object/);
    writeFileSync(file, '{"PORT":1}');
    expect(() => readSettings({}, file)).toThrow(/PORT in .*bad.json is not a setting/);
  });
});
