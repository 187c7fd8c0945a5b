import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { mutated } from "./mutate.js";

/** 32 MiB in 32 KiB, four times what is taken. */
const BOMB = gzipSync(Buffer.alloc(32 * 1024 * 1024));

/** Gzip of bodies: whole, broken, in several members, followed by more, gzip of gzip, and bombs. */
export function gzipped(plain: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const whole = plain.map((bytes) => gzipSync(bytes));
  return fc.oneof(
    { weight: 10, arbitrary: whole },
    { weight: 6, arbitrary: mutated(whole) },
    { weight: 2, arbitrary: fc.tuple(whole, whole).map((members) => Buffer.concat(members)) },
    { weight: 2, arbitrary: inTwoMembers(plain) },
    { weight: 2, arbitrary: followed(whole) },
    { weight: 1, arbitrary: whole.map((bytes) => gzipSync(bytes)) },
    { weight: 1, arbitrary: plain },
    { weight: 1, arbitrary: whole.map((bytes) => Buffer.concat([bytes, BOMB])) },
    { weight: 1, arbitrary: fc.constant(BOMB) },
  );
}

function inTwoMembers(plain: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  return fc.tuple(plain, fc.double({ min: 0, max: 1, noNaN: true })).map(([bytes, share]) => {
    const at = Math.floor(share * bytes.length);
    return Buffer.concat([gzipSync(bytes.subarray(0, at)), gzipSync(bytes.subarray(at))]);
  });
}

function followed(whole: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const more = fc.uint8Array({ minLength: 1, maxLength: 20 });
  return fc.tuple(whole, more).map((pieces) => Buffer.concat(pieces));
}
