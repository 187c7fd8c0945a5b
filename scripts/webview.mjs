// Finds what shows pages as an app does: WebKitGTK from Python, and a screen for it.
import { spawnSync } from "node:child_process";
import { aptGet, givenProgram, isProgram, pathsOf } from "./programs.mjs";
import { say } from "./workspace.mjs";

/** What to do where there is none. */
export const WEBVIEW_REMEDY =
  "on Linux install WebKitGTK for Python and Xvfb (Debian: apt-get install python3-gi gir1.2-webkit2-4.1 xvfb), or set WEBVIEW_PYTHON and XVFB to their programs";

const NEEDS = 'import gi; gi.require_version("Gtk", "3.0"); gi.require_version("WebKit2", "4.1")';

/** Paths of a `python` that has WebKitGTK and of `Xvfb`, or undefined; installs nothing. */
export function lookUpWebview() {
  const screen = givenProgram("XVFB") ?? pathsOf(["Xvfb"]).find(isProgram);
  const pythons = [givenProgram("WEBVIEW_PYTHON"), ...pathsOf(["python3"]), "/usr/bin/python3"];
  const python = pythons.find(
    (path) => path && isProgram(path) && spawnSync(path, ["-c", NEEDS]).status === 0,
  );
  return python === undefined || screen === undefined ? undefined : { python, screen };
}

/** As `lookUpWebview`; as root on Debian it installs what is missing. */
export function findWebview() {
  const found = lookUpWebview();
  if (found !== undefined || process.platform !== "linux") return found;
  say("no webview found: installing one for the tests");
  aptGet("update");
  aptGet(
    "install",
    "-y",
    "--no-install-recommends",
    "python3-gi",
    "gir1.2-gtk-3.0",
    "gir1.2-webkit2-4.1",
    "xvfb",
  );
  return lookUpWebview();
}
