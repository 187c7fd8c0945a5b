// Finds a WebKit for the tests: WebKitGTK's driver with its small browser, and a screen for it.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { aptGet, givenProgram, isProgram, pathsOf } from "./programs.mjs";
import { say } from "./workspace.mjs";

/** What to do where there is none. */
export const WEBKIT_REMEDY =
  "on Linux install WebKitGTK's driver and Xvfb (Debian: apt-get install webkit2gtk-driver xvfb), or set WEBKIT_DRIVER, MINI_BROWSER and XVFB to their programs";

/**
 * Paths of `WebKitWebDriver`, the `MiniBrowser` that it drives and `Xvfb`, or undefined; installs
 * nothing.
 */
export function lookUpWebKit() {
  const driver = givenProgram("WEBKIT_DRIVER") ?? pathsOf(["WebKitWebDriver"]).find(isProgram);
  const browser = givenProgram("MINI_BROWSER") ?? miniBrowsers().find(isProgram);
  const screen = givenProgram("XVFB") ?? pathsOf(["Xvfb"]).find(isProgram);
  if (driver === undefined || browser === undefined || screen === undefined) return undefined;
  return { driver, browser, screen };
}

/** As `lookUpWebKit`; as root on Debian it installs what is missing. */
export function findWebKit() {
  const found = lookUpWebKit();
  if (found !== undefined || process.platform !== "linux") return found;
  say("no WebKit found: installing one for the tests");
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", "webkit2gtk-driver", "xvfb");
  return lookUpWebKit();
}

/** It is in no folder of PATH: Debian has it in /usr/lib/<machine>, Fedora in /usr/libexec. */
function miniBrowsers() {
  const machines = existsSync("/usr/lib") ? readdirSync("/usr/lib") : [];
  const folders = ["/usr/libexec", ...machines.map((machine) => join("/usr/lib", machine))];
  return folders.flatMap((folder) =>
    ["webkit2gtk-4.1", "webkitgtk-6.0", "webkit2gtk-4.0"].map((api) =>
      join(folder, api, "MiniBrowser"),
    ),
  );
}
