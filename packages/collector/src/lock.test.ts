import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readlinkSync, rmSync, utimesSync, writeFileSync } from "node:fs";
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
  it("is given back", async () => {
    (await lockDataDir(dir))();
    expect(existsSync(join(dir, "collector.lock"))).toBe(false);
    (await lockDataDir(dir))();
  });

  const leave = (holder: string): void => writeFileSync(join(dir, "collector.lock"), holder);
  const here = readlinkSync("/proc/self/ns/pid");

  it("is taken over at once from a process that is gone", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    leave(`x ${pid} 1 ${here}`);
    expect(await lockDataDir(dir)).toBeTypeOf("function");
  });

  it("is taken over when the pid belongs to another process by now", async () => {
    leave(`x ${process.ppid} 1 ${here}`);
    expect(await lockDataDir(dir)).toBeTypeOf("function");
  });

  it("is taken over from another container only when that shows no sign of life", async () => {
    leave(`x ${process.pid} 1 pid:[1]`);
    const beat = setInterval(
      () => utimesSync(join(dir, "collector.lock"), new Date(), new Date()),
      50,
    );
    await expect(lockDataDir(dir, 2000)).rejects.toThrow(/held by another Balise/);
    clearInterval(beat);
    expect(await lockDataDir(dir, 300)).toBeTypeOf("function");
  });

  it("goes to one alone of many that find it stale", async () => {
    for (let round = 0; round < 20; round++) {
      leave("x 1 1 gone");
      utimesSync(join(dir, "collector.lock"), 1, 1);
      const tries = await Promise.allSettled(
        Array.from({ length: 8 }, () => lockDataDir(dir, 100)),
      );
      const won = tries.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      expect(won).toHaveLength(1);
      won[0]?.();
    }
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
        `import { lockDataDir } from ${JSON.stringify(module)}; await lockDataDir(${JSON.stringify(dir)}); console.log("held"); setInterval(() => {}, 1000)`,
      ],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    await new Promise((resolve) => holder.stdout.once("data", resolve));
    try {
      await expect(lockDataDir(dir)).rejects.toThrow(
        new RegExp(`held by another Balise \\(pid ${holder.pid}\\)`),
      );
    } finally {
      holder.kill("SIGKILL");
    }
  });
});
