import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Collector } from "../support/collector.js";
import { environment } from "../support/run.js";

const EXAMPLES = join(import.meta.dirname, "../../examples");

const run = promisify(execFile);

/** Milliseconds; the slowest build takes a few seconds on an idle machine. */
const PATIENCE = 120_000;

/** The folder of an example. */
export function folderOf(example: string): string {
  return join(EXAMPLES, example);
}

/** Runs the example's own build for the collector; rejects with what the build said. */
export async function buildExample(
  example: string,
  { url, keys }: Collector,
  settings: Readonly<Record<string, string>> = {},
): Promise<void> {
  await buildFolder(folderOf(example), {
    VITE_BALISE_HOST: url,
    VITE_BALISE_KEY: keys.writeKey,
    BALISE_URL: url,
    BALISE_WRITE_KEY: keys.writeKey,
    ...settings,
  });
}

/** Runs `npm run build` in a folder. */
export async function buildFolder(
  cwd: string,
  settings: Readonly<Record<string, string>>,
): Promise<void> {
  const env = environment({ ...settings, NO_COLOR: "1" });
  await run("npm", ["run", "build"], { cwd, env, timeout: PATIENCE }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${error.stdout ?? ""}${error.stderr ?? error.message}`, { cause: error });
    },
  );
}
