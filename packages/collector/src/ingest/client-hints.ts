import type { IncomingHttpHeaders } from "node:http";

/** What a browser says of itself in headers of their own, since its User-Agent is frozen. */
export interface ClientHints {
  /** The brand that says most, in the names of ua-parser; empty when unknown. */
  browser: string;
  /** Major version of that brand. */
  browserVersion: string;
  /** In the names of ua-parser; empty when unknown. */
  os: string;
  /** Empty unless the page has delegated the hint to the collector. */
  osVersion: string;
  mobile: boolean | undefined;
  model: string;
}

/** In this order they are the key of what they say. */
const HEADERS = [
  "sec-ch-ua",
  "sec-ch-ua-full-version-list",
  "sec-ch-ua-mobile",
  "sec-ch-ua-platform",
  "sec-ch-ua-platform-version",
  "sec-ch-ua-model",
] as const;

/** A longer header is nobody's browser. */
const MAX_LENGTH = 256;

/** Names of brands in the hints → names in ua-parser, so that one browser has one name. */
const BROWSERS: ReadonlyMap<string, string> = new Map([
  ["Google Chrome", "Chrome"],
  ["HeadlessChrome", "Chrome Headless"],
  ["Android WebView", "Chrome WebView"],
  ["Microsoft Edge", "Edge"],
  ["Microsoft Edge WebView2", "Edge"],
  ["Opera GX", "Opera"],
  ["OperaMobile", "Opera"],
  ["YaBrowser", "Yandex"],
]);

const SYSTEMS: ReadonlyMap<string, string> = new Map([
  ["macOS", "Mac OS"],
  ["Chrome OS", "Chromium OS"],
  ["Unknown", ""],
]);

/** What brands and systems are called; anything else was made up. */
const NAME = /^[A-Za-z][\w .&-]{0,39}$/;

/** Brands that other browsers give beside their own. */
const GENERIC: ReadonlySet<string> = new Set(["Chromium", "Chrome", "Chrome WebView"]);

/** Whether a browser's name says no more than the engine that many browsers share. */
export function isGenericBrowser(name: string): boolean {
  return name === "" || GENERIC.has(name);
}

/** The hints of a request as one text; empty when there are none. On the hot path. */
export function hintsKey(headers: IncomingHttpHeaders): string {
  // Whoever sends any of them sends this one.
  if (headers["sec-ch-ua"] === undefined) return "";
  return HEADERS.map((name) => textOf(headers[name])).join("\n");
}

function textOf(header: string | string[] | undefined): string {
  return typeof header === "string" ? header.slice(0, MAX_LENGTH) : "";
}

/** Reads what `hintsKey` gave. */
export function readHints(key: string): ClientHints {
  const [brands = "", full = "", mobile = "", platform = "", version = "", model = ""] =
    key.split("\n");
  const [browser, browserVersion] = mainBrand(full) ?? mainBrand(brands) ?? ["", ""];
  const system = NAME.test(unquoted(platform)) ? unquoted(platform) : "";
  return {
    browser,
    browserVersion: /^\d{1,9}/.exec(browserVersion)?.[0] ?? "",
    os: SYSTEMS.get(system) ?? system,
    osVersion: system === "Windows" ? windowsVersion(unquoted(version)) : short(unquoted(version)),
    mobile: mobile === "?1" ? true : mobile === "?0" ? false : undefined,
    model: unquoted(model),
  };
}

const BRAND = /"((?:[^"\\]|\\.)*)"\s*;\s*v="([^"]*)"/g;

/** The least generic brand of the list with its version. */
function mainBrand(list: string): [name: string, version: string] | undefined {
  const brands: [string, string][] = [];
  for (const [, brand = "", version = ""] of list.matchAll(BRAND)) {
    if (NAME.test(brand) && !isGrease(brand)) brands.push([BROWSERS.get(brand) ?? brand, version]);
  }
  return (
    brands.find(([name]) => !isGenericBrowser(name)) ??
    brands.find(([name]) => name !== "Chromium") ??
    brands[0]
  );
}

/** A made-up brand, "Not A Brand" with changing marks, that keeps servers from relying on the list. */
function isGrease(brand: string): boolean {
  return /^nota?brand$/i.test(brand.replaceAll(/[^a-z]/gi, ""));
}

/** A string of structured headers (RFC 8941). */
function unquoted(text: string): string {
  return text.replace(/^"|"$/g, "").replaceAll(/\\(.)/g, "$1");
}

/**
 * Windows by its version of `UniversalApiContract`: 13 and above are Windows 11.
 * https://learn.microsoft.com/microsoft-edge/web-platform/how-to-detect-win11
 */
function windowsVersion(version: string): string {
  const [major, minor] = version.split(".").map(Number);
  if (major === undefined || Number.isNaN(major) || version === "") return "";
  if (major >= 13) return "11";
  if (major > 0) return "10";
  return { 1: "7", 2: "8", 3: "8.1" }[minor ?? 0] ?? "";
}

/** `14.0.0` is what a User-Agent calls `14`. */
function short(version: string): string {
  return /^\d+(\.\d+){0,3}$/.test(version) ? version.replace(/(\.0)+$/, "") : "";
}
