import { isbot } from "isbot";
import { UAParser } from "ua-parser-js";

export interface Device {
  /** desktop, mobile, tablet, or one of ua-parser's rarer kinds; empty when unknown. */
  device: string;
  browser: string;
  browserVersion: string;
  os: string;
  osVersion: string;
  bot: boolean;
}

const NOTHING: Device = {
  device: "",
  browser: "",
  browserVersion: "",
  os: "",
  osVersion: "",
  bot: false,
};

/**
 * HTTP libraries, through which native apps and servers speak: isbot calls them bots, but a bot is a
 * crawler, a monitor or a preview that says so.
 */
const LIBRARY =
  /^(node|undici|axios|got|okhttp|dart|cfnetwork|curl|wget|java|apache|go-http|python|aiohttp|httpx|guzzle|ruby|php|perl|postman|insomnia)/i;

/** A longer header is nobody's browser. */
const MAX_LENGTH = 512;

const CACHED = 4096;

/** Reads a User-Agent header; the last few thousand distinct ones are remembered. */
export function userAgentReader(): (header: string | undefined) => Device {
  let recent = new Map<string, Device>();
  let older = new Map<string, Device>();
  return (header) => {
    if (header === undefined || header === "") return NOTHING;
    const text = header.slice(0, MAX_LENGTH);
    const known = recent.get(text) ?? older.get(text);
    const device = known ?? read(text);
    // Two generations stand in for a least-recently-used list at a fraction of its cost.
    if (recent.size >= CACHED) [older, recent] = [recent, new Map()];
    if (!recent.has(text)) recent.set(text, device);
    return device;
  };
}

function read(text: string): Device {
  const { browser, device, os } = new UAParser(text).getResult();
  // A browser without a window is no crawler by that alone.
  const bot = !LIBRARY.test(text) && isbot(text.replace("Headless", ""));
  // ua-parser names no kind for desktops.
  const kind = device.type ?? (os.name === undefined || bot ? "" : "desktop");
  return {
    device: kind,
    browser: browser.name ?? "",
    browserVersion: browser.version?.split(".")[0] ?? "",
    os: os.name ?? "",
    osVersion: os.version ?? "",
    bot,
  };
}
