import { type ChildProcess, spawn } from "node:child_process";
import { until } from "../../packages/collector/dist/testing/until.js";

/** A screen that nobody sees; its number comes over a pipe of its own, once it can be used. */
export async function startScreen(
  program: string,
): Promise<{ process: ChildProcess; display: string }> {
  const args = ["-displayfd", "3", "-screen", "0", "800x1000x24", "-nolisten", "tcp"];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  let said = "";
  child.stdio[3]?.on("data", (bytes) => (said += String(bytes)));
  await until(() => said.endsWith("\n") || child.exitCode !== null, 20_000);
  if (said === "") throw new Error(`${program} ended at its start`);
  return { process: child, display: `:${said.trim()}` };
}
