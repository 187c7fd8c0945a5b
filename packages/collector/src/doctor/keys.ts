import { join } from "node:path";
import type { Settings } from "../config.js";
import { failure, type Finding, ok, warning } from "../finding.js";
import { explain } from "../explain.js";
import { type Keys, loadSites, readKeys, SHORT_KEY, type Site } from "../sites.js";
import { checkMode } from "./file-mode.js";

const KINDS = { writeKey: "write key", secretKey: "secret key", readKey: "read key" } as const;
const NO_KEYS: Keys = {
  writeKey: "",
  secretKey: "",
  readKey: "",
  embeddedPassword: "",
  fresh: false,
};

/** The keys: there, long enough, and for nobody else to read. None of them is told. */
export function checkKeys(settings: Settings, dataDir: string): Finding[] {
  const check = "keys";
  try {
    const keys = readKeys(dataDir);
    const sites = loadSites(settings, keys ?? NO_KEYS);
    const findings = [
      ...(keys === undefined ? [] : checkMode(check, join(dataDir, "keys.json"), 0o600)),
      ...(settings.BALISE_SITES === undefined
        ? []
        : checkMode(check, settings.BALISE_SITES, 0o600)),
      ...sites.flatMap(shortKeys),
    ];
    if (findings.length > 0) return findings;
    const where =
      keys === undefined ? "those that are not set are made at the first start" : "there";
    return [ok(check, `of ${sites.map(({ id }) => id).join(", ")}: ${where}`)];
  } catch (error) {
    return [failure(check, explain(error), "correct the file")];
  }
}

function shortKeys(site: Site): Finding[] {
  return (["secretKey", "readKey"] as const)
    .filter((kind) => site[kind] !== "" && site[kind].length < SHORT_KEY)
    .map((kind) =>
      warning(
        "keys",
        `the ${KINDS[kind]} of ${site.id} has less than ${SHORT_KEY} characters`,
        "choose a longer one: a short key can be guessed",
      ),
    );
}
