import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Each tag has an adapter of its name; the package is what its users install. */
const PACKAGES = {
  balise: "@balise/sdk",
  posthog: "posthog-js",
  snowplow: "@snowplow/browser-tracker",
  segment: "@segment/analytics-next",
  amplitude: "@amplitude/analytics-browser",
  mixpanel: "mixpanel-browser",
  rudderstack: "@rudderstack/analytics-js",
  plausible: "@plausible-analytics/tracker",
  openpanel: "@openpanel/web",
  swetrix: "swetrix",
  rybbit: "@rybbit/js",
} as const;

export type TagName = keyof typeof PACKAGES;

export const TAGS = Object.keys(PACKAGES) as TagName[];

const versions = (
  JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
    dependencies: Record<string, string>;
  }
).dependencies;

/** Such as `posthog-js 1.2.3`. */
export function released(tag: TagName): string {
  const name = PACKAGES[tag];
  return `${name} ${versions[name] ?? own(name)}`;
}

function own(name: string): string {
  const manifest = createRequire(import.meta.url)(`${name}/package.json`) as { version: string };
  return manifest.version;
}
