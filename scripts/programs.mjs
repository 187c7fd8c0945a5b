// Programs of the system that the tests drive.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Paths at which these programs could be, by the folders of PATH. */
export function pathsOf(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The program that a variable of the environment names, if it names one; ends when it is none. */
export function givenProgram(...variables) {
  for (const variable of variables) {
    const given = process.env[variable];
    if (given === undefined || given === "") continue;
    if (isProgram(given)) return given;
    process.stderr.write(`balise: ${variable}=${given} is not a program: correct it or unset it\n`);
    process.exit(1);
  }
  return undefined;
}

/** Runs apt-get quietly; only as root on Debian and its kin it does anything. */
export function aptGet(...args) {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return;
  if (spawnSync("apt-get", ["--version"], { stdio: "ignore" }).status !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env });
}
