// Finds a Firefox for the tests: a path given, one of the system, or one installed now.
import { aptGet, givenProgram, isProgram, pathsOf } from "./programs.mjs";
import { say } from "./workspace.mjs";

const PLACES = ["/Applications/Firefox.app/Contents/MacOS/firefox", "/snap/bin/firefox"];

/** What to do where there is none. */
export const FIREFOX_REMEDY =
  "install Firefox (Debian: apt-get install firefox-esr), or set FIREFOX_PATH to its program";

/** Path of a Firefox, or undefined; installs nothing. */
export function lookUpFirefox() {
  const given = givenProgram("FIREFOX_PATH");
  return given ?? [...pathsOf(["firefox-esr", "firefox"]), ...PLACES].find(isProgram);
}

/** Path of a Firefox, or undefined; as root on Debian it installs one where there is none. */
export function findFirefox() {
  const found = lookUpFirefox();
  if (found !== undefined) return found;
  say("no Firefox found: installing one for the tests");
  aptGet("update");
  aptGet("install", "-y", "--no-install-recommends", "firefox-esr");
  return lookUpFirefox();
}
