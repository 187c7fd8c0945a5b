// Finds a Chromium for the tests: a path given, one of the system, or one installed now.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { say } from "./workspace.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/snap/bin/chromium",
];

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
  const given = process.env.CHROMIUM_PATH ?? process.env.CHROME_PATH;
  if (given !== undefined && given !== "") {
    if (isProgram(given)) return given;
    process.stderr.write(
      `balise: CHROMIUM_PATH=${given} is not a program: correct it or unset it\n`,
    );
    process.exit(1);
  }
  const folders = (process.env.PATH ?? "").split(delimiter);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find(
    isProgram,
  );
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Debian and its kin, as root: the packaged one. */
function installFromSystem() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return;
  const quiet = {
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  if (spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return;
  spawnSync("apt-get", ["update", "-qq"], quiet);
  spawnSync(
    "apt-get",
    ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-liberation"],
    quiet,
  );
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
