import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
/** What was installed last: a copy of the lock file. */
const MARK = `${FOLDER}node_modules/.installed.json`;

/** Installs the published builds of the peers, unless they are there already. Runs none of their scripts. */
export function installPeers(): void {
  const wanted = readFileSync(`${FOLDER}package-lock.json`, "utf8");
  if (existsSync(MARK) && readFileSync(MARK, "utf8") === wanted) return;
  console.error("installing the published builds of the peers");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: FOLDER,
    stdio: ["ignore", "ignore", "inherit"],
  });
  writeFileSync(MARK, wanted);
}
