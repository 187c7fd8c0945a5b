import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "./config.js";
import { loadKeys, loadSites, originAllowed, siteFinder } from "./sites.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "balise-sites-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("keys", () => {
  it("are made once, differ, are readable by their owner alone, and are found again", () => {
    const first = loadKeys(dir);
    expect(first.fresh).toBe(true);
    expect(statSync(join(dir, "keys.json")).mode & 0o777).toBe(0o600);
    const { fresh, ...again } = loadKeys(dir);
    expect(fresh).toBe(false);
    expect({ ...again, fresh: true }).toEqual(first);
    expect(new Set(Object.values(again)).size).toBe(4);
    for (const key of Object.values(again)) expect(key.length).toBeGreaterThan(30);
  });

  it("that a killed process had only begun to write are made anew", () => {
    writeFileSync(join(dir, "keys.json.new"), "{", { mode: 0o644 });
    expect(loadKeys(dir).fresh).toBe(true);
    expect(readdirSync(dir)).toEqual(["keys.json"]);
    expect(statSync(join(dir, "keys.json")).mode & 0o777).toBe(0o600);
  });

  it("that are damaged stop the start instead of being replaced", () => {
    writeFileSync(join(dir, "keys.json"), "{");
    expect(() => loadKeys(dir)).toThrow(/keys.json is damaged/);
    expect(readFileSync(join(dir, "keys.json"), "utf8")).toBe("{");
  });

  it("find their site by kind", () => {
    const sites = loadSites(readSettings({}, join(dir, "none")), loadKeys(dir));
    const find = siteFinder(sites);
    expect(find("writeKey", sites[0]?.writeKey ?? "")?.id).toBe("default");
    expect(find("readKey", sites[0]?.writeKey ?? "")).toBeUndefined();
    expect(find("secretKey", "")).toBeUndefined();
  });
});

it("a single site takes its cookieDomain from the settings", () => {
  const cookieDomainOf = (env: Record<string, string>): unknown =>
    loadSites(readSettings(env, join(dir, "none")), loadKeys(dir))[0]?.cookieDomain;
  expect(cookieDomainOf({ BALISE_COOKIE_DOMAIN: "host" })).toBe("host");
  expect(cookieDomainOf({})).toBeUndefined();
});

describe("BALISE_SITES", () => {
  const load = (content: unknown): unknown => {
    const path = join(dir, "sites.json");
    writeFileSync(path, JSON.stringify(content));
    return loadSites(readSettings({ BALISE_SITES: path }, join(dir, "none")), loadKeys(dir));
  };
  const site = (id: string, n: number): Record<string, unknown> => ({
    id,
    writeKey: `w${n}`.repeat(10),
    secretKey: `s${n}`.repeat(10),
    readKey: `r${n}`.repeat(10),
  });

  it("lists several sites", () => {
    expect(load([site("a", 1), { ...site("b", 2), origins: ["https://b.example"] }])).toHaveLength(
      2,
    );
  });

  it("gives each site whose pages read its cookie, or none", () => {
    const sites = [{ ...site("a", 1), cookieDomain: "a.example" }, site("b", 2)];
    expect(load(sites)).toMatchObject([{ cookieDomain: "a.example" }, { id: "b" }]);
    expect(load(sites)).not.toHaveProperty("1.cookieDomain");
  });

  it.each([
    ["no list", {}],
    ["an empty list", []],
    ["a key used twice", [site("a", 1), site("b", 1)]],
    ["an id used twice", [site("a", 1), site("a", 2)]],
    ["a key that no header can carry", [{ ...site("a", 1), readKey: "a b" }]],
    ["every origin", [{ ...site("a", 1), origins: ["*"] }]],
    ["an origin without its scheme", [{ ...site("a", 1), origins: ["*.shop.example"] }]],
    ["a star in the middle", [{ ...site("a", 1), origins: ["https://a.*.example"] }]],
    ["a star beside a name", [{ ...site("a", 1), origins: ["https://*shop.example"] }]],
    ["an origin with a path", [{ ...site("a", 1), origins: ["https://shop.example/"] }]],
    ["a domain of cookies with a scheme", [{ ...site("a", 1), cookieDomain: "https://a.example" }]],
    ["an origin in capitals", [{ ...site("a", 1), origins: ["https://Shop.example"] }]],
  ])("refuses %s", (_what, content) => {
    expect(() => load(content)).toThrow(/BALISE_SITES=/);
  });
});

describe("an origin", () => {
  const allowed = (pattern: string, origin: string): boolean =>
    originAllowed(
      { id: "a", writeKey: "", secretKey: "", readKey: "", origins: [pattern] },
      origin,
    );

  it("is matched exactly, or as a host below the one of the pattern", () => {
    const piece = fc.constantFrom(
      ..."https:// http:// // . .. - : / @ ? # *. shop.example .shop.example evil www SHOP.example :443 :8443 null %2e \n".split(
        " ",
      ),
    );
    const origins = fc.oneof(
      fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join("")),
      fc.array(piece, { maxLength: 4 }).map((pieces) => `https://${pieces.join("")}`),
      fc.domain().map((domain) => `https://${domain}.shop.example`),
    );
    let matches = 0;
    fc.assert(
      fc.property(origins, (origin) => {
        const url = URL.canParse(origin) ? new URL(origin) : undefined;
        // What a browser would send for that address; anything else is no origin.
        const real = url !== undefined && url.origin === origin && url.protocol === "https:";
        const below = real && url.port === "" && url.hostname.endsWith(".shop.example");
        if (
          below &&
          /^[a-z0-9.-]+$/.test(url.hostname) &&
          !/(^|\.)\.|--|-\.|\.-/.test(url.hostname)
        ) {
          matches++;
          expect(allowed("https://*.shop.example", origin)).toBe(true);
        }
        if (!below) expect(allowed("https://*.shop.example", origin)).toBe(false);
        expect(allowed("https://shop.example", origin)).toBe(origin === "https://shop.example");
        expect(allowed("null", origin)).toBe(origin === "null");
      }),
      { numRuns: 3000 },
    );
    expect(matches).toBeGreaterThan(100);
  });

  it.each([
    ["https://evil-shop.example"],
    ["https://shop.example"],
    ["https://shop.example.evil.example"],
    ["http://www.shop.example"],
    ["https://www.shop.example:8443"],
    ["https://www.shop.example."],
    ["https://WWW.SHOP.EXAMPLE"],
    ["https://www.shop.example/"],
    ["https://evil.example/.shop.example"],
    ["https://evil.example#.shop.example"],
    ["https://user@www.shop.example"],
    ["null"],
    [""],
  ])("%s is not below https://*.shop.example", (origin) => {
    expect(allowed("https://*.shop.example", origin)).toBe(false);
  });

  it("with a port is matched with it alone", () => {
    expect(allowed("https://*.shop.example:8443", "https://www.shop.example:8443")).toBe(true);
    expect(allowed("https://*.shop.example:8443", "https://www.shop.example")).toBe(false);
  });
});
