import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** What tests start Chromium with: no sandbox as root, and nothing that calls home. */
export const CHROMIUM_ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Path of a Chromium: `CHROMIUM_PATH` or `CHROME_PATH`, else the first on the PATH. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string {
  const set = env["CHROMIUM_PATH"] ?? env["CHROME_PATH"];
  const folders = (env["PATH"] ?? "").split(delimiter);
  const candidates = set
    ? [set]
    : [
        ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      ];
  const found = candidates.find(isExecutable);
  if (found) return found;
  throw new Error(
    set
      ? `CHROMIUM_PATH is ${set}, which cannot be executed: set it to a Chromium or Chrome.`
      : "No Chromium found: install chromium, or set CHROMIUM_PATH to a Chromium or Chrome.",
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
