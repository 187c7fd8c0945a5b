import { uuidV7 } from "../sender/uuid.js";

/** Random choices that are the same each time for the same seed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  chance(share: number): boolean;
  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number;
  pick<T>(values: readonly [T, ...T[]]): T;
  /** One of the entries, each as often as its `weight` says. */
  weighted<T extends { weight: number }>(entries: readonly [T, ...T[]]): T;
  /** Log-normal around `median`; `spread` is the standard deviation of the logarithm. */
  around(median: number, spread: number): number;
  /** UUIDv7 of this time, its random part from the seed. */
  uuid(time: number): string;
}

/** `stream` sets sequences of one seed apart, so that drawing more in one changes no other. */
export function createRandom(seed: number, stream: number): Random {
  let state = scramble(scramble(seed >>> 0) ^ Math.imul(stream + 1, 0x9e3779b1));
  const bits = (): number => {
    // Weyl sequence with a finaliser, after splitmix32.
    state = (state + 0x9e3779b9) >>> 0;
    return scramble(state);
  };
  const next = (): number => bits() / 4_294_967_296;
  const random: Random = {
    next,
    chance: (share) => next() < share,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick: (values) => values[Math.floor(next() * values.length)] ?? values[0],
    weighted(entries) {
      let rest = next() * entries.reduce((sum, entry) => sum + entry.weight, 0);
      return entries.find((entry) => (rest -= entry.weight) < 0) ?? entries[0];
    },
    around(median, spread) {
      // Box–Muller; 1 - u keeps the logarithm away from 0.
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
      return median * Math.exp(spread * normal);
    },
    uuid(time) {
      const bytes = Buffer.alloc(12);
      for (let at = 0; at < 12; at += 4) bytes.writeUInt32LE(bits(), at);
      return uuidV7(time, bytes);
    },
  };
  return random;
}

function scramble(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x21f0aaad);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}
