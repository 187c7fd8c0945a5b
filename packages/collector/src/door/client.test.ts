import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clientReader } from "./client.js";

const NOON = Date.UTC(2026, 5, 15, 12);

describe("a client", () => {
  it("has one key for an IPv4 address, and for all of an IPv6 /64", () => {
    const read = clientReader(undefined, () => NOON);
    const key = (address: string): string => read(address).key;
    expect(key("203.0.113.7")).toBe(key("203.0.113.7"));
    expect(key("203.0.113.7")).toBe(key("::ffff:203.0.113.7"));
    expect(key("203.0.113.7")).toBe(key("203.0.113.7:50123"));
    expect(key("203.0.113.7")).not.toBe(key("203.0.113.8"));
    expect(key("2001:db8:1:2::1")).toBe(key("2001:db8:1:2:ffff:ffff:ffff:ffff"));
    expect(key("[2001:db8:1:2::1]:443")).toBe(key("2001:db8:1:2::9"));
    expect(key("2001:db8:1:2::1")).not.toBe(key("2001:db8:1:3::1"));
  });

  it("has a key that does not hold the address, and another the next day and in another process", () => {
    let now = NOON;
    const read = clientReader(undefined, () => now);
    const { key } = read("203.0.113.7");
    expect(key).toMatch(/^[\w-]{43}$/);
    now += 11 * 3_600_000;
    expect(read("203.0.113.7").key).toBe(key);
    now += 2 * 3_600_000;
    expect(read("203.0.113.7").key).not.toBe(key);
    expect(clientReader(undefined, () => NOON)("203.0.113.7").key).not.toBe(key);
  });

  it("is looked for in its network alone: a /24 or a /48", () => {
    const asked: string[] = [];
    const places = {
      locate: (network: string) => {
        asked.push(network);
        return { country: "FR", region: "" };
      },
      version: () => 0,
    };
    const read = clientReader(places, () => NOON);
    expect(read("203.0.113.77").place.country).toBe("FR");
    read("2001:db8:1:2:3:4:5:6");
    read("203.0.113.77");
    expect(asked).toEqual(["203.0.113.0", "2001:db8:1::"]);
  });

  it("is looked for again once places are others", () => {
    let version = 0;
    const places = {
      locate: () => ({ country: `C${version}`, region: "" }),
      version: () => version,
    };
    const read = clientReader(places, () => NOON);
    const { key, place } = read("203.0.113.7");
    version = 1;
    expect([place.country, read("203.0.113.7").place.country]).toEqual(["C0", "C1"]);
    expect(read("203.0.113.7").key).toBe(key);
  });

  it.each([
    ["127.0.0.1", true],
    ["10.1.2.3", true],
    ["172.20.0.1", true],
    ["192.168.1.1", true],
    ["100.64.0.1", true],
    ["::1", true],
    ["fd00::1", true],
    ["fe80::1%eth0", true],
    ["::ffff:10.0.0.1", true],
    ["203.0.113.7", false],
    ["172.32.0.1", false],
    ["2001:db8::1", false],
  ])("%s is of the own machine or network: %s", (address, near) => {
    expect(clientReader()(address).near).toBe(near);
  });

  it("of no readable address is a stranger, and never an error", () => {
    const read = clientReader();
    expect(read(undefined)).toMatchObject({ key: "unknown", near: false });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        expect(read(text).key).toMatch(/^(unknown|[\w-]{43})$/);
      }),
    );
  });
});
