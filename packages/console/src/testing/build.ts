import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const here = fileURLToPath(new URL("../../", import.meta.url));

/** Compiles the console and bundles it into a folder, leaving `dist` to those who serve it. */
export async function buildInto(directory: string): Promise<void> {
  await run("npx", ["tsc", "-b"], { cwd: here });
  await run("npx", ["rollup", "-c", "--silent", "-d", directory], { cwd: here });
}
