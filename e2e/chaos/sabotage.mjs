// Loaded into a collector before its program (`--import`): makes its clock and its disk do what the
// control file says, and keeps the length that every file had when it was last synced, so that a
// power cut can be played after a kill.
import fs from "node:fs";
import { open } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

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
const failures = { sync: 0, write: 0 };

function note(fd, bytes) {
  const path = fs.readlinkSync(`/proc/self/fd/${fd}`);
  synced.delete(path);
  synced.set(path, bytes);
  if (synced.size > 16) synced.delete(synced.keys().next().value);
  write();
}

function write() {
  const text = JSON.stringify({ files: [...synced], failures });
  fs.writeSync(ledger, text.padEnd(4096), 0);
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
    const { size } = fs.fstatSync(this.fd);
    await real.apply(this, args);
    note(this.fd, size);
  };
}
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
