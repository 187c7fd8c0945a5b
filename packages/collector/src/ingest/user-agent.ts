import { isbot } from "isbot";
import { UAParser } from "ua-parser-js";

/** Read-only: one object stands for all who send the same headers. */
export interface Device {
  /** desktop, mobile, tablet, or one of ua-parser's rarer kinds; empty when unknown. */
  readonly device: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly bot: boolean;
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

/** Reads a User-Agent header. */
export function readDevice(header: string): Device {
  const text = header.slice(0, MAX_LENGTH);
  if (text === "") return NOTHING;
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
