import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSettings } from "./config.js";
import { loadKeys, loadSites, siteFinder } from "./sites.js";

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

  it.each([
    ["no list", {}],
    ["an empty list", []],
    ["a key used twice", [site("a", 1), site("b", 1)]],
    ["an id used twice", [site("a", 1), site("a", 2)]],
    ["a key that no header can carry", [{ ...site("a", 1), readKey: "a b" }]],
  ])("refuses %s", (_what, content) => {
    expect(() => load(content)).toThrow(/BALISE_SITES=/);
  });
});
