/**
 * Runs a benchmark by its name. With `--record`, what it prints is also written to `results/`, where
 * the README's numbers come from: a test compares the two.
 */
import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [name = "", ...options] = process.argv.slice(2);
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

const child = spawn(process.execPath, ["--import", "tsx", path(`${name}.ts`), ...options], {
  stdio: ["inherit", "pipe", "inherit"],
});
let printed = "";
child.stdout.on("data", (bytes) => {
  process.stdout.write(bytes);
  printed += String(bytes);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
child.once("close", (code) => {
  if (code === 0 && options.includes("--record"))
    writeFileSync(path(`results/${name}.txt`), printed);
  process.exitCode = code ?? 1;
});
