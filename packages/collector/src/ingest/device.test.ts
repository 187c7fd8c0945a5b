import type { IncomingHttpHeaders } from "node:http";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hintsKey } from "./client-hints.js";
import { deviceOf } from "./device.js";

const chrome = (system: string, more = ""): string =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 ${more}Safari/537.36`;
const WINDOWS = chrome("Windows NT 10.0; Win64; x64");
const MAC = chrome("Macintosh; Intel Mac OS X 10_15_7");
const LINUX = chrome("X11; Linux x86_64");
const PHONE = chrome("Linux; Android 10; K", "Mobile ");
const TABLET = chrome("Linux; Android 10; K");
const CHROME = '"Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"';

const read = (userAgent: string, hints: IncomingHttpHeaders): ReturnType<typeof deviceOf> =>
  deviceOf(userAgent, hintsKey(hints));

describe("client hints", () => {
  it("tell Windows 11 from 10 and older ones by their platform version", () => {
    const version = (platformVersion: string): string =>
      read(WINDOWS, {
        "sec-ch-ua": CHROME,
        "sec-ch-ua-platform": '"Windows"',
        "sec-ch-ua-platform-version": `"${platformVersion}"`,
      }).osVersion;
    expect(["0.1.0", "0.2.0", "0.3.0", "1.0.0", "10.0.0"].map(version)).toEqual([
      "7",
      "8",
      "8.1",
      "10",
      "10",
    ]);
    expect(["13.0.0", "15.0.0", "19.0.0"].map(version)).toEqual(["11", "11", "11"]);
    expect(["", "x", "0.9"].map(version)).toEqual(["", "", ""]);
  });

  it.each([
    ['"Not_A Brand";v="8", "Chromium";v="142", "Microsoft Edge";v="141"', "Edge", "141"],
    ['"Brave";v="142", "Chromium";v="142", " Not;A=Brand";v="99"', "Brave", "142"],
    ['"Opera";v="124", "Chromium";v="142", "(Not(A:Brand";v="8"', "Opera", "124"],
    ['"Opera GX";v="124", "Chromium";v="142"', "Opera", "124"],
    ['"Samsung Internet";v="28.0", "Chromium";v="130"', "Samsung Internet", "28"],
    ['"YaBrowser";v="25.8", "Chromium";v="142", "Not?A_Brand";v="24"', "Yandex", "25"],
    [
      '"Android WebView";v="142", "Chromium";v="142", "Not.A/Brand";v="24"',
      "Chrome WebView",
      "142",
    ],
    ['"HeadlessChrome";v="142", "Chromium";v="142"', "Chrome Headless", "142"],
    ['"Chromium";v="142", "Not/A)Brand";v="24"', "Chromium", "142"],
    [CHROME, "Chrome", "142"],
    ['"Not A Brand";v="99"', "Chrome", "142"],
    ["nonsense", "Chrome", "142"],
  ])("%s is %s %s", (brands, browser, browserVersion) => {
    expect(read(LINUX, { "sec-ch-ua": brands })).toMatchObject({ browser, browserVersion });
  });

  it("give the major version from the full list", () => {
    const full = '"Chromium";v="142.0.7444.60", "Google Chrome";v="143.0.7444.60"';
    expect(read(LINUX, { "sec-ch-ua": CHROME, "sec-ch-ua-full-version-list": full })).toMatchObject(
      { browser: "Chrome", browserVersion: "143" },
    );
  });

  it("name systems as the User-Agent does", () => {
    const system = (userAgent: string, platform: string): string =>
      read(userAgent, { "sec-ch-ua": CHROME, "sec-ch-ua-platform": `"${platform}"` }).os;
    expect(system(MAC, "macOS")).toBe("Mac OS");
    expect(system(LINUX, "Chrome OS")).toBe("Chromium OS");
    expect(system(LINUX, "Unknown")).toBe("Linux");
    expect(system(chrome("X11; Ubuntu; Linux x86_64"), "Linux")).toBe("Ubuntu");
    expect(system(LINUX, "Android")).toBe("Android");
  });

  it("leave out a version that every browser's User-Agent says, and keep one that is told", () => {
    const told = (userAgent: string, more: IncomingHttpHeaders = {}): string =>
      read(userAgent, { "sec-ch-ua": CHROME, ...more }).osVersion;
    expect([WINDOWS, MAC, PHONE].map((userAgent) => told(userAgent))).toEqual(["", "", ""]);
    const platform = { "sec-ch-ua-platform": '"macOS"', "sec-ch-ua-platform-version": '"26.1.0"' };
    expect(told(MAC, platform)).toBe("26.1");
    expect(told(chrome("Linux; Android 14; SM-S918B", "Mobile "))).toBe("14");
    expect(deviceOf(MAC, "").osVersion).toBe("10.15.7");
  });

  it("tell telephones, tablets and desks apart", () => {
    const kind = (userAgent: string, mobile: string, model = "", platform = '"Android"'): string =>
      read(userAgent, {
        "sec-ch-ua": CHROME,
        "sec-ch-ua-mobile": mobile,
        "sec-ch-ua-platform": platform,
        "sec-ch-ua-model": `"${model}"`,
      }).device;
    expect(kind(PHONE, "?1", "Pixel 9")).toBe("mobile");
    expect(kind(TABLET, "?0", "SM-X710")).toBe("tablet");
    expect(kind(LINUX, "?1")).toBe("mobile");
    expect(kind(LINUX, "?0", "", '"Linux"')).toBe("desktop");
    expect(kind("", "?0", "", '"Windows"')).toBe("desktop");
  });

  it("do not hide the app that a webview is part of, nor a bot", () => {
    const hints = { "sec-ch-ua": '"Android WebView";v="142", "Chromium";v="142"' };
    expect(read(`${PHONE} [FB_IAB/FB4A;FBAV/500.0;]`, hints).browser).toBe("Facebook");
    const crawler = `${PHONE} (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`;
    expect(read(crawler, { "sec-ch-ua": CHROME }).bot).toBe(true);
  });

  it("of any content give texts, and never throw", () => {
    const text = fc.oneof(
      fc.string({ maxLength: 400 }),
      fc.string().map((name) => `"${name}";v="${name}"`),
      fc.string().map((name) => `"${name}"`),
    );
    fc.assert(
      fc.property(text, text, text, text, text, (userAgent, ua, platform, version, model) => {
        const device = read(userAgent, {
          "sec-ch-ua": ua,
          "sec-ch-ua-platform": platform,
          "sec-ch-ua-platform-version": version,
          "sec-ch-ua-model": model,
        });
        for (const value of [device.browser, device.os, device.osVersion, device.device]) {
          expect(value).toMatch(/^[\w .&-]{0,40}$/);
        }
      }),
    );
  });
});
