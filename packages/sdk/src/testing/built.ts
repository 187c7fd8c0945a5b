import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The package's folder; this file stands in src/testing. */
export const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

const run = promisify(execFile);
const require = createRequire(import.meta.url);

export interface Built {
  dist: string;
  remove(): Promise<void>;
}

/** Compiles with the arguments given; the compiler's words are the error's message. */
async function compile(args: string[], cwd: string): Promise<void> {
  const tsc = join(require.resolve("typescript/package.json"), "../bin/tsc");
  await run(process.execPath, [tsc, ...args], { cwd }).catch(
    (error: Error & { stdout?: string }) => {
      throw new Error(error.stdout ?? error.message, { cause: error });
    },
  );
}

/**
 * Builds the package from its sources into a folder of its own, so that a test never sees an
 * older build and two tests never write the same files.
 */
export async function build(): Promise<Built> {
  // Within the package, so that the bundler finds what it depends on.
  const cache = join(PACKAGE, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, "built-"));
  const from = join(folder, "tsc");
  const dist = join(folder, "dist");
  const info = join(from, ".tsbuildinfo");
  await compile(["-p", PACKAGE, "--outDir", from, "--tsBuildInfoFile", info], PACKAGE);
  await run(process.execPath, [join(PACKAGE, "scripts/bundle.mjs"), from, dist]);
  return { dist, remove: () => rm(folder, { recursive: true, force: true }) };
}
