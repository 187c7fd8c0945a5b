import { type ClientHints, isGenericBrowser, readHints } from "./client-hints.js";
import { type Device, readDevice } from "./user-agent.js";

/**
 * What browsers since Chrome 110 write for every version: https://www.chromium.org/updates/ua-reduction
 * A version in it is a fixed text, not the visitor's.
 */
const FROZEN = /Windows NT 10\.0|Mac OS X 10_15_7|Android 10; K\)/;

/**
 * The device of a User-Agent and of the client hints beside it (`hintsKey`). Hints beat the
 * User-Agent, unless it names a browser where they name only its engine, as in an app's webview.
 */
export function deviceOf(userAgent: string, hintsKey: string): Device {
  if (hintsKey === "") return readDevice(userAgent);
  const hints = readHints(hintsKey);
  const stated = readDevice(thawed(userAgent, hints));
  if (stated.bot) return stated;
  const useBrand =
    hints.browser !== "" && (!isGenericBrowser(hints.browser) || isGenericBrowser(stated.browser));
  const os = systemOf(stated.os, hints.os);
  return {
    device: kindOf(stated.device, os, hints.mobile),
    browser: useBrand ? hints.browser : stated.browser,
    browserVersion: useBrand ? hints.browserVersion : stated.browserVersion,
    os,
    osVersion: hints.osVersion || (FROZEN.test(userAgent) ? "" : stated.osVersion),
    bot: false,
  };
}

/** The User-Agent as it would be if it were not frozen: a tablet is known by its model. */
function thawed(userAgent: string, { model }: ClientHints): string {
  return /^[\w .+-]{1,64}$/.test(model)
    ? userAgent.replace("Android 10; K)", `Android 10; ${model})`)
    : userAgent;
}

/** A User-Agent may name the distribution where the hint says Linux. */
function systemOf(stated: string, hinted: string): string {
  const isDistribution = hinted === "Linux" && !/^(Windows|Mac OS|Android|)$/.test(stated);
  return hinted === "" || isDistribution ? stated : hinted;
}

function kindOf(stated: string, os: string, mobile: boolean | undefined): string {
  if (mobile === true) return stated === "" || stated === "desktop" ? "mobile" : stated;
  return stated === "" && os !== "" && os !== "Android" ? "desktop" : stated;
}
