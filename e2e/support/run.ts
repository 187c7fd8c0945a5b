import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built command line. */
export const BIN = fileURLToPath(
  new URL("../../packages/collector/bin/balise.js", import.meta.url),
);

/** What a process needs, and nothing of the settings of whoever runs the tests. */
export function environment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...settings };
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command of `balise` to its end; one that does not end is killed after `patience`. */
export async function balise(
  args: readonly string[],
  settings: Readonly<Record<string, string>>,
  cwd: string,
  patience = 60_000,
): Promise<Ended> {
  const child = spawn(process.execPath, [BIN, ...args], {
    cwd,
    env: environment(settings),
    stdio: ["ignore", "pipe", "pipe"],
    timeout: patience,
    killSignal: "SIGKILL",
  });
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (bytes) => (ended.stdout += String(bytes)));
  child.stderr.on("data", (bytes) => (ended.stderr += String(bytes)));
  await new Promise<void>((resolve) => {
    child.once("close", (code) => {
      ended.code = code;
      resolve();
    });
  });
  return ended;
}
