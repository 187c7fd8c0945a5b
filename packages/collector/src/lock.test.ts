import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockDataDir } from "./lock.js";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "balise-lock-"));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("the lock of the data directory", () => {
  it("is given back", () => {
    lockDataDir(dir)();
    expect(existsSync(join(dir, "collector.lock"))).toBe(false);
    lockDataDir(dir)();
  });

  it("is taken over from a process that is gone", () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    writeFileSync(join(dir, "collector.lock"), `${pid} 1`);
    expect(lockDataDir(dir)).toBeTypeOf("function");
  });

  it("is taken over when the pid belongs to another process by now", () => {
    writeFileSync(join(dir, "collector.lock"), `${process.ppid} 1`);
    expect(lockDataDir(dir)).toBeTypeOf("function");
  });

  it("is refused, with the holder's pid, while its holder lives", async () => {
    const module = new URL("./lock.ts", import.meta.url).href;
    const holder = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        "--input-type=module",
        "-e",
        `import { lockDataDir } from ${JSON.stringify(module)}; lockDataDir(${JSON.stringify(dir)}); console.log("held"); setInterval(() => {}, 1000)`,
      ],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    try {
      expect(() => lockDataDir(dir)).toThrow(
        new RegExp(`held by another Balise \\(pid ${holder.pid}\\)`),
      );
    } finally {
      holder.kill("SIGKILL");
    }
  });
});
