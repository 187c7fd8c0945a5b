import { spawn } from "node:child_process";
import { onTestFinished, vi } from "vitest";
import { environment } from "../support/run.js";

/** Starts a program of Node that prints the address where it listens, until the test has ended. */
export async function startNode(
  file: string,
  cwd: string,
  settings: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, [file], { cwd, env: environment(settings) });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (bytes) => (output += String(bytes)));
  const address = (): string | undefined => /^http:\/\/\S+/m.exec(output)?.[0];
  await vi.waitUntil(address, { timeout: 30_000 }).catch(() => undefined);
  const url = address();
  if (url === undefined) throw new Error(`${file} does not start: ${output}`);
  return url;
}
