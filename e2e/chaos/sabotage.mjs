// Loaded into a collector before its program (`--import`): makes its clock and its disk do what the
// control file says, and keeps what a sync has made lasting (the lengths of files, the names in the
// spool's folder, and what was removed since), so that a power cut can be played after a kill.
import fs from "node:fs";
import { link, mkdir, open, readdir } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename, dirname, join } from "node:path";

const control = process.env.CHAOS_CONTROL ?? "";
const ledger = fs.openSync(process.env.CHAOS_SYNCED ?? "", "w");

/** @type {{ shiftMs: number, syncFails: boolean, writeFails: boolean }} */
let orders = { shiftMs: 0, syncFails: false, writeFails: false };
const obey = () => {
  try {
    orders = JSON.parse(fs.readFileSync(control, "utf8"));
  } catch {
    // It is being written: the next look finds it.
  }
};
obey();
setInterval(obey, 25).unref();

const now = Date.now.bind(Date);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...args) {
    super(...(args.length === 0 ? [now() + orders.shiftMs] : args));
  }
  static now() {
    return now() + orders.shiftMs;
  }
};

/** Files of the last syncs and their lengths; more than are ever open at once. */
const synced = new Map();
/** The names of the spool's folder when it was last synced. */
let names = [];
const failures = { sync: 0, write: 0 };

const SPOOL = /[/]spool$/;
const graveOf = (folder) => join(folder, "removed");

function pathOf(fd) {
  return fs.readlinkSync(`/proc/self/fd/${fd}`);
}

function note(fd, bytes) {
  const path = pathOf(fd);
  synced.delete(path);
  synced.set(path, bytes);
  if (synced.size > 16) synced.delete(synced.keys().next().value);
  write();
}

function write() {
  fs.writeSync(ledger, `${JSON.stringify({ files: [...synced], names, failures })}\0`, 0);
}

const failure = (code, what) => Object.assign(new Error(`${code}: ${what}`), { code });

const sample = await open(new URL(import.meta.url), "r");
const handles = Object.getPrototypeOf(sample);
await sample.close();

for (const name of ["sync", "datasync"]) {
  const real = handles[name];
  handles[name] = async function (...args) {
    if (orders.syncFails) {
      failures.sync += 1;
      write();
      throw failure("EIO", `i/o error, ${name}`);
    }
    // What is written while it runs is not promised by it.
    const stat = fs.fstatSync(this.fd);
    if (stat.isDirectory()) return syncFolder(pathOf(this.fd), () => real.apply(this, args));
    await real.apply(this, args);
    note(this.fd, stat.size);
  };
}

/** Names, and removals, are lasting once their folder is synced. */
async function syncFolder(folder, sync) {
  const before = await readdir(folder);
  const graves = await readdir(graveOf(folder)).catch(() => []);
  await sync();
  if (!SPOOL.test(folder)) return;
  names = before;
  write();
  for (const grave of graves) await rm(join(graveOf(folder), grave), { force: true });
}

// Taken before it is replaced: an import of it would be the replacement.
const { rm } = fs.promises;

// Until then, a power cut may bring back what was removed.
fs.promises.rm = async (path, options) => {
  const folder = dirname(String(path));
  if (SPOOL.test(folder)) {
    await mkdir(graveOf(folder), { recursive: true });
    await link(path, join(graveOf(folder), basename(path))).catch(() => undefined);
  }
  return rm(path, options);
};

for (const name of ["write", "writev", "appendFile", "writeFile"]) {
  const real = handles[name];
  handles[name] = async function (...args) {
    if (orders.writeFails) {
      failures.write += 1;
      write();
      throw failure("ENOSPC", `no space left on device, ${name}`);
    }
    return real.apply(this, args);
  };
}
for (const name of ["fsync", "fdatasync"]) {
  const real = fs[name];
  fs[name] = (fd, done) => {
    if (orders.syncFails) {
      failures.sync += 1;
      write();
      process.nextTick(done, failure("EIO", `i/o error, ${name}`));
      return;
    }
    const { size } = fs.fstatSync(fd);
    real(fd, (error) => {
      if (error === null || error === undefined) note(fd, size);
      done(error);
    });
  };
}
syncBuiltinESMExports();
