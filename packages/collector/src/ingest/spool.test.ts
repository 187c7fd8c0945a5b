import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type Disk, realDisk } from "./disk.js";
import { encodeRecords } from "./record.js";
import { linesOf, readSegment, segmentHeader } from "./segment.js";
import { Spool, SpoolFullError, type SpoolOptions } from "./spool.js";

const folders: string[] = [];
const folder = (): string => {
  const made = mkdtempSync(join(tmpdir(), "balise-spool-"));
  folders.push(made);
  return made;
};
afterEach(() => {
  for (const made of folders.splice(0)) rmSync(made, { recursive: true, force: true });
});

const records = (...names: string[]): Buffer =>
  encodeRecords(names.map((name) => ({ table: "events", line: JSON.stringify({ name }) })));
const openSpool = (options: Partial<SpoolOptions> & { dir: string }): Promise<Spool> =>
  Spool.open({ maxBytes: 1 << 20, ...options });

/** The names in all segments of a folder, oldest first, as a reader after a crash finds them. */
function stored(dir: string): string[] {
  return readdirSync(dir)
    .filter((file) => /\.(seg|open)$/.test(file))
    .toSorted()
    .flatMap((file) => readSegment(file, readFileSync(join(dir, file))).chunks)
    .flatMap(linesOf)
    .map((line) => (JSON.parse(line.toString()) as { name: string }).name);
}

/** The real disk, whose sync or write fails when told. */
function faulty(): { disk: Disk; failSync: boolean; failWrite: boolean; syncs: number } {
  const faults = { disk: realDisk, failSync: false, failWrite: false, syncs: 0 };
  const open: Disk["open"] = async (path, flags) => {
    const file = await realDisk.open(path, flags);
    const datasync = file.datasync.bind(file);
    const write = file.write.bind(file);
    file.datasync = async () => {
      faults.syncs += 1;
      if (faults.failSync) throw new Error("EIO: i/o error, fdatasync");
      return datasync();
    };
    file.write = async (buffer, offset, length, position) => {
      if (!faults.failWrite) return write(buffer, offset, length, position);
      // A full disk takes a part and then refuses.
      await write(buffer, offset, Math.floor(length / 2), position);
      throw new Error("ENOSPC: no space left on device, write");
    };
    return file;
  };
  faults.disk = { ...realDisk, open };
  return faults;
}

describe("the spool", () => {
  it("has every record on disk when append resolves", async () => {
    const dir = folder();
    const spool = await openSpool({ dir });
    await spool.append(records("a", "b"));
    expect(stored(dir)).toEqual(["a", "b"]);
    await spool.append(records("c"));
    expect(stored(dir)).toEqual(["a", "b", "c"]);
    await spool.close();
  });

  it("lets waiting appends share one sync", async () => {
    const faults = faulty();
    const spool = await openSpool({ dir: folder(), disk: faults.disk });
    await Promise.all(Array.from({ length: 100 }, (_, n) => spool.append(records(`r${n}`))));
    expect(faults.syncs).toBeLessThan(5);
    await spool.close();
  });

  it("keeps every whole record whatever byte a crash cuts it at", async () => {
    const dir = folder();
    const spool = await openSpool({ dir });
    const names = ["one", "deux", "trois é", "4"];
    const ends: number[] = [];
    for (const name of names) {
      await spool.append(records(name));
      ends.push(spool.bytes);
    }
    const [file = ""] = readdirSync(dir);
    const whole = readFileSync(join(dir, file));
    await spool.close();
    for (let cut = 0; cut <= whole.length; cut++) {
      const kept = readSegment(file, whole.subarray(0, cut)).records;
      expect(kept).toBe(ends.filter((end) => end <= cut).length);
    }
  });

  it("loses only the record that is harmed, and invents none, whatever byte changes", () => {
    const lines = ["first", "second", "third"].map((name) => records(name));
    const [one, two, three] = lines;
    if (one === undefined || two === undefined || three === undefined)
      throw new Error("no records");
    fc.assert(
      fc.property(fc.nat(two.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const harmed = Buffer.from(two);
        harmed[at] = (harmed[at] ?? 0) ^ change;
        const read = (parts: Buffer[]): ReturnType<typeof readSegment> =>
          readSegment("s", Buffer.concat([segmentHeader(0), ...parts]));
        const tail = read([one, harmed]);
        expect(tail.chunks.flatMap(linesOf).map(String)).toEqual(['{"name":"first"}\n']);
        expect(tail).toMatchObject({ damaged: false, unreadBytes: two.length });
        const middle = read([one, harmed, three]);
        expect(middle.chunks.flatMap(linesOf).map(String)).toEqual([
          '{"name":"first"}\n',
          '{"name":"third"}\n',
        ]);
        expect(middle).toMatchObject({ damaged: true, unreadBytes: two.length });
      }),
    );
  });

  it("finds after a restart what an earlier process left, in order, and never uses a name twice", async () => {
    const dir = folder();
    const names = new Set<string>();
    for (let life = 0; life < 5; life++) {
      const spool = await openSpool({ dir });
      await spool.append(records(`life ${life}`));
      await spool.freeze();
      for (const segment of spool.frozen) names.add(segment.name);
      const [oldest] = spool.frozen;
      if (life % 2 === 1 && oldest !== undefined) await spool.remove(oldest);
      // No close: the process is gone.
    }
    expect(names.size).toBe(5);
    expect(stored(dir)).toEqual(["life 2", "life 3", "life 4"]);
    const spool = await openSpool({ dir });
    expect(spool.frozen.map((segment) => segment.name)).toEqual(
      spool.frozen.map((segment) => segment.name).toSorted(),
    );
  });

  it("answers full at its bound and takes again once segments are removed", async () => {
    const big = records("x".repeat(4000));
    const spool = await openSpool({ dir: folder(), maxBytes: 10_000 });
    await spool.append(big);
    await spool.append(big);
    await expect(spool.append(big)).rejects.toThrow(SpoolFullError);
    await spool.freeze();
    for (const segment of spool.frozen) await spool.remove(segment);
    await spool.append(big);
    expect(spool.bytes).toBeLessThanOrEqual(10_000);
    await spool.close();
  });

  it("counts what waits towards its bound", async () => {
    const spool = await openSpool({ dir: folder(), maxBytes: 50_000 });
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, () => spool.append(records("x".repeat(4000)))),
    );
    expect(results.filter((result) => result.status === "fulfilled").length).toBeLessThanOrEqual(
      12,
    );
    expect(spool.bytes).toBeLessThanOrEqual(50_000);
    await spool.close();
  });

  it.each(["failSync", "failWrite"] as const)(
    "tells the sender after %s, and goes on with a new segment",
    async (fault) => {
      const dir = folder();
      const faults = faulty();
      const spool = await openSpool({ dir, disk: faults.disk });
      await spool.append(records("before"));
      faults[fault] = true;
      await expect(spool.append(records("lost", "lost too"))).rejects.toThrow(SpoolFullError);
      faults[fault] = false;
      await spool.append(records("after"));
      const names = stored(dir);
      expect(names).toContain("before");
      expect(names).toContain("after");
      await spool.close();
      expect(new Set(spool.frozen.map((segment) => segment.name)).size).toBe(2);
    },
  );

  it("tells how long its oldest record has been there, also after a restart", async () => {
    const dir = folder();
    let now = 1000;
    const clock = { now: () => now };
    const first = await openSpool({ dir, ...clock });
    expect(first.oldestAge()).toBe(0);
    await first.append(records("a"));
    await first.freeze();
    now = 4000;
    await first.append(records("b"));
    expect(first.oldestAge()).toBe(3000);
    const second = await openSpool({ dir, ...clock });
    now = 6000;
    expect(second.oldestAge()).toBe(5000);
    const [oldest] = second.frozen;
    if (oldest !== undefined) await second.remove(oldest);
    expect(second.oldestAge()).toBe(2000);
    now = 0;
    expect(second.oldestAge()).toBe(0);
  });

  it("freezes an open segment that is old enough, or younger than none because the clock went back", async () => {
    let now = 10_000;
    const spool = await openSpool({ dir: folder(), now: () => now });
    await spool.freezeOlderThan(0);
    await spool.append(records("a"));
    now += 999;
    await spool.freezeOlderThan(1000);
    expect(spool.frozen).toHaveLength(0);
    now += 1;
    await spool.freezeOlderThan(1000);
    expect(spool.frozen).toHaveLength(1);
    await spool.append(records("b"));
    now = 5000;
    await spool.freezeOlderThan(1000);
    expect(spool.frozen).toHaveLength(2);
    await spool.close();
  });

  it("leaves no file behind for a request that a full disk refused", async () => {
    const dir = folder();
    const faults = faulty();
    const spool = await openSpool({ dir, disk: faults.disk });
    faults.failWrite = true;
    for (const name of ["a", "b", "c"])
      await expect(spool.append(records(name))).rejects.toThrow(SpoolFullError);
    expect([readdirSync(dir), spool.bytes]).toEqual([[], 0]);
    faults.failWrite = false;
    await spool.append(records("kept"));
    faults.failWrite = true;
    await expect(spool.append(records("d"))).rejects.toThrow(SpoolFullError);
    expect(stored(dir)).toEqual(["kept"]);
    expect(spool.bytes).toBe(spool.frozen[0]?.bytes);
  });
});
