import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Of declarativeNetRequest; the kind of a beacon is `ping`. */
const ALL = ["ping", "xmlhttprequest", "image", "script", "sub_frame", "other"];

/** A blocker as those of the web store are, version 3 of the manifest. Gives back its folder. */
export function writeExtension(
  folder: string,
  host: string,
  kinds: readonly string[] = ALL,
): string {
  const manifest = {
    manifest_version: 3,
    name: "Blocker",
    version: "1",
    permissions: ["declarativeNetRequest"],
    host_permissions: ["<all_urls>"],
    declarative_net_request: {
      rule_resources: [{ id: "rules", enabled: true, path: "rules.json" }],
    },
  };
  const condition = { requestDomains: [host], resourceTypes: kinds };
  const rules = [{ id: 1, priority: 1, action: { type: "block" }, condition }];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "rules.json"), JSON.stringify(rules));
  return folder;
}
