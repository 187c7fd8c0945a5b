import { spawn } from "node:child_process";
import { chmodSync, lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { End } from "../support/collector.js";
import { idsOf, type Image } from "./build.js";

/** A process of an image. */
export interface Running {
  stdout: () => string;
  stderr: () => string;
  kill: (signal: NodeJS.Signals) => void;
  ended: Promise<End>;
}

/** Makes all but the volumes read-only. */
export function seal(image: Image): void {
  const volumes = new Set(image.volumes.map((path) => join(image.root, path)));
  const visit = (path: string): void => {
    const about = lstatSync(path);
    if (volumes.has(path) || about.isSymbolicLink()) return;
    if (about.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
    chmodSync(path, about.mode & 0o555);
  };
  visit(image.root);
}

/** Undoes it, so that the folder can be removed. */
export function unseal(image: Image): void {
  const visit = (path: string): void => {
    chmodSync(path, 0o755);
    for (const entry of readdirSync(path, { withFileTypes: true }))
      if (entry.isDirectory()) visit(join(path, entry.name));
  };
  visit(image.root);
}

/** Runs a command as the image would: its user, its folder, its settings and those given. */
export function runIn(
  image: Image,
  command: readonly string[],
  settings: Readonly<Record<string, string>>,
): Running {
  const inside = (word: string): string => (word.startsWith("/") ? image.root + word : word);
  const [program = "", ...args] = command.map(inside);
  const env = Object.entries(image.env).map(([name, value]) => [name, inside(value)]);
  const [uid, gid] = idsOf(image.user);
  const child = spawn(join(image.root, "usr/local/bin", program), args, {
    cwd: join(image.root, image.workdir),
    env: { PATH: process.env["PATH"], ...Object.fromEntries(env), ...settings },
    stdio: ["ignore", "pipe", "pipe"],
    // Only root may become another.
    ...(process.getuid?.() === 0 && { uid, gid }),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (bytes) => (stdout += String(bytes)));
  child.stderr.on("data", (bytes) => (stderr += String(bytes)));
  const ended = new Promise<End>((resolve) => {
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  return {
    stdout: () => stdout,
    stderr: () => stderr,
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
