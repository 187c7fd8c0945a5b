import fc from "fast-check";

type Change = (bytes: Buffer, at: number, value: number) => Buffer[];

const CHANGES: readonly Change[] = [
  (bytes, at, value) => [bytes.subarray(0, at), Buffer.of(value), bytes.subarray(at + 1)],
  (bytes, at, value) => [bytes.subarray(0, at), Buffer.of(value), bytes.subarray(at)],
  (bytes, at, value) => [bytes.subarray(0, at), bytes.subarray(at + value)],
  (bytes, at, value) => [bytes.subarray(0, at + value), bytes.subarray(at)],
  (bytes, at) => [bytes.subarray(0, at)],
];

const change = fc.tuple(
  fc.constantFrom(...CHANGES),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.oneof(
    fc.integer({ min: 0, max: 255 }),
    fc.constantFrom(0, 0x22, 0x5c, 0x7b, 0xc0, 0xed, 0xff),
  ),
);

/** Half of them as they are; in the others up to three bytes or pieces are changed. */
export function mutated(plain: fc.Arbitrary<Buffer>): fc.Arbitrary<Buffer> {
  const changes = fc.oneof(fc.constant([]), fc.array(change, { maxLength: 3 }));
  return fc.tuple(plain, changes).map(([bytes, list]) => {
    let result = bytes;
    for (const [apply, share, value] of list) {
      result = Buffer.concat(apply(result, Math.floor(share * result.length), value));
    }
    return result;
  });
}
