// npm run audit: fails where the registry knows a grave hole in what the product depends on. Ends
// with 0 without one, 1 with one, 2 where the registry could not be asked. Arguments go to pnpm.
import { spawnSync } from "node:child_process";
import { pnpmVersion, ROOT, say } from "./workspace.mjs";

const GRAVE = ["high", "critical"];

/** Milliseconds for the registry's answer. */
const PATIENCE = 60_000;

const { stdout } = spawnSync(
  "npx",
  ["--yes", `pnpm@${pnpmVersion()}`, "audit", "--prod", "--json", ...process.argv.slice(2)],
  { cwd: ROOT, encoding: "utf8", timeout: PATIENCE },
);
process.exitCode = judge(parse(stdout));

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function judge(report) {
  const counts = report?.metadata?.vulnerabilities;
  if (counts === undefined) {
    say(`dependencies could not be checked: ${report?.error?.message ?? "no answer"}`);
    return 2;
  }
  const found = Object.values(report.advisories ?? {}).filter(({ severity }) =>
    GRAVE.includes(severity),
  );
  for (const { severity, module_name, title, url } of found) {
    say(`${severity}: ${module_name}: ${title} (${url})`);
  }
  return GRAVE.some((severity) => counts[severity] > 0) ? 1 : 0;
}
