// Finds a Chromium for the tests: a path given, one of the system, or one installed now.
import { spawnSync } from "node:child_process";
import { aptGet, givenProgram, isProgram, pathsOf } from "./programs.mjs";
import { say } from "./workspace.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/snap/bin/chromium",
];

/** What tests start Chromium with: no sandbox, which root has not got, and nothing that calls home. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of a Chromium of this machine; installs nothing, and throws where there is none. */
export function chromiumPath() {
  const found = lookUp();
  if (found !== undefined) return found;
  throw new Error("no Chromium found: install one, or set CHROMIUM_PATH to its program");
}

/** Path of a Chromium; installs one where there is none, the way the platform allows. */
export async function findChromium() {
  const found = lookUp() ?? (await playwrightsOwn());
  if (found !== undefined) return found;
  say("no Chromium found: installing one for the tests");
  installFromSystem();
  const installed = lookUp() ?? (await installFromPlaywright());
  if (installed !== undefined) return installed;
  process.stderr.write(
    "balise: the tests need a Chromium: install one, or set CHROMIUM_PATH to its program\n",
  );
  return process.exit(1);
}

function lookUp() {
  const given = givenProgram("CHROMIUM_PATH", "CHROME_PATH");
  return given ?? [...pathsOf(NAMES), ...PLACES].find(isProgram);
}

/** Debian and its kin, as root: the packaged one. */
function installFromSystem() {
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", "chromium", "fonts-liberation");
}

async function playwrightsOwn() {
  const { chromium } = await import("playwright-core");
  const path = chromium.executablePath();
  return isProgram(path) ? path : undefined;
}

async function installFromPlaywright() {
  spawnSync("npx", ["playwright-core", "install", "chromium"], { stdio: "inherit" });
  return playwrightsOwn();
}
