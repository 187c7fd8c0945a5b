import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a tool of the workspace; rejects with what it said when it does not end with 0. */
export async function bin(name: string, args: string[], cwd?: string): Promise<void> {
  const program = join(import.meta.dirname, "../../node_modules/.bin", name);
  await run(program, args, { cwd }).catch((error: Error & { stdout?: string }) => {
    throw new Error(`${error.stdout}\n${error.message}`, { cause: error });
  });
}
