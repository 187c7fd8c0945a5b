import { mayHoldPersonalBytes } from "../scrub/may-hold-bytes.js";
import {
  ascii,
  BACKSLASH,
  DOT,
  MARKS,
  MINUS,
  QUOTE,
  STOP,
  tableOf,
  TELLING,
  WIDE,
  ZERO,
} from "./bytes.js";

/** A UUID with its quotes, each place by what may stand there. */
const UUID_SHAPE = '"xxxxxxxx-xxxx-Vxxx-Axxx-xxxxxxxxxxxx"';
const UUID_LENGTH = UUID_SHAPE.length;
const UUID_KINDS: Readonly<Record<string, string>> = {
  x: "0123456789abcdefABCDEF",
  "-": "-",
  // The version and the variant.
  V: "12345678",
  A: "89abAB",
  '"': '"',
};
/** The kind of each place, and for each kind the bytes that may not stand there. */
const UUID_PLACES = Uint8Array.from(UUID_SHAPE, (kind) => Object.keys(UUID_KINDS).indexOf(kind));
const UUID_WRONG = new Uint8Array(Object.keys(UUID_KINDS).length << 8).fill(1);
Object.values(UUID_KINDS).forEach((right, kind) => {
  for (const byte of ascii(right)) UUID_WRONG[(kind << 8) | byte] = 0;
});
/** Escapes that stand for one character and are written alike by `JSON.stringify`. */
const PLAIN_ESCAPES = tableOf('"\\bfnrt');

/** The most digits of a decimal number that is the same number once read as a double. */
const EXACT_DIGITS = 15;

/**
 * Reads JSON bytes and copies what it read to an output, one value after the other. A reader answers
 * `false` for anything but the plainest JSON; what it has copied by then is to be thrown away. Bytes
 * past the end read as 0, which no value starts with or holds. On the hot path.
 */
export class Cursor {
  src: Buffer = Buffer.alloc(0);
  at = 0;
  out = 0;
  dst: Buffer = Buffer.allocUnsafe(256 * 1024);
  /** Of the last string: the union of its bytes' marks. */
  marks = 0;
  /** Of the last string: where its text starts and ends in the source, without the quotes. */
  start = 0;
  end = 0;

  /** The byte under the cursor. */
  get byte(): number {
    return this.src[this.at] ?? 0;
  }

  /** Passes the byte if it is the one under the cursor. */
  pass(byte: number): boolean {
    if (this.src[this.at] !== byte) return false;
    this.at += 1;
    return true;
  }

  /** Passes these bytes if they are under the cursor; stays where it is otherwise. */
  passAll(bytes: Buffer): boolean {
    const { src, at } = this;
    const { length } = bytes;
    for (let n = 0; n < length; n++) if (src[at + n] !== bytes[n]) return false;
    this.at = at + length;
    return true;
  }

  /** Writes bytes to the output. */
  put(bytes: Buffer): void {
    const { dst, out } = this;
    const { length } = bytes;
    if (length > 48) dst.set(bytes, out);
    else for (let n = 0; n < length; n++) dst[out + n] = bytes[n] ?? 0;
    this.out = out + length;
  }

  putByte(byte: number): void {
    this.dst[this.out++] = byte;
  }

  /** Copies a part of the source to the output. */
  putSource(start: number, end: number): void {
    const { src, dst } = this;
    let { out } = this;
    for (let n = start; n < end; n++) dst[out++] = src[n] ?? 0;
    this.out = out;
  }

  /** Makes room in the output for so many bytes more. */
  reserve(bytes: number): void {
    if (this.out + bytes <= this.dst.length) return;
    const larger = Buffer.allocUnsafe(2 * (this.out + bytes));
    this.dst.copy(larger, 0, 0, this.out);
    this.dst = larger;
  }

  /** Passes a string of at most `max` UTF-16 units, and copies it with its quotes. */
  string(max: number): boolean {
    const { src, dst } = this;
    let { at, out } = this;
    if (src[at] !== QUOTE) return false;
    dst[out++] = QUOTE;
    at += 1;
    const from = at;
    let marks = 0;
    // Bytes beyond the first of each UTF-16 unit.
    let extra = 0;
    for (;;) {
      const byte = src[at] ?? 0;
      const mark = MARKS[byte] ?? 0;
      if ((mark & (STOP | WIDE)) !== 0) {
        if ((mark & WIDE) !== 0) {
          // A continuation byte adds no unit; of four bytes the character has two units.
          if (byte < 0xc0) extra += 1;
          else if (byte >= 0xf0) extra -= 1;
        } else {
          if (byte !== BACKSLASH) break;
          const escaped = src[at + 1] ?? 0;
          if (PLAIN_ESCAPES[escaped] !== 1) return false;
          dst[out++] = byte;
          at += 1;
          extra += 1;
          marks |= STOP | TELLING;
          dst[out++] = escaped;
          at += 1;
          continue;
        }
      }
      marks |= mark;
      dst[out++] = byte;
      at += 1;
    }
    if (src[at] !== QUOTE || at - from - extra > max) return false;
    dst[out++] = QUOTE;
    this.marks = marks;
    this.start = from;
    this.end = at;
    this.at = at + 1;
    this.out = out;
    return true;
  }

  /** Passes a UUID (RFC 9562, neither nil nor max) and copies it with its quotes. */
  uuid(): boolean {
    const { src, dst, at, out } = this;
    let wrong = 0;
    for (let n = 0; n < UUID_LENGTH; n++) {
      const byte = src[at + n] ?? 0;
      wrong |= UUID_WRONG[((UUID_PLACES[n] ?? 0) << 8) | byte] ?? 1;
      dst[out + n] = byte;
    }
    if (wrong !== 0) return false;
    this.start = at + 1;
    this.end = at + UUID_LENGTH - 1;
    this.at = at + UUID_LENGTH;
    this.out = out + UUID_LENGTH;
    return true;
  }

  /**
   * Passes a number and copies it, where its text is the one that `JSON.stringify` writes: without
   * an exponent, and with few enough digits to be exact.
   */
  number(): boolean {
    const { src } = this;
    const from = this.at;
    let at = src[from] === MINUS ? from + 1 : from;
    const whole = at;
    while (isDigit(src[at] ?? 0)) at += 1;
    const digits = at - whole;
    // A leading zero is no JSON; a negative zero is written as 0.
    if (digits === 0 || digits > EXACT_DIGITS) return false;
    if (src[whole] === ZERO && (digits > 1 || (src[at] !== DOT && whole > from))) return false;
    if (src[at] === DOT) {
      const point = at;
      at += 1;
      while (isDigit(src[at] ?? 0)) at += 1;
      const decimals = at - point - 1;
      // Past six decimals a small number is written with an exponent.
      if (decimals === 0 || decimals > 6 || digits + decimals > EXACT_DIGITS) return false;
      if (src[at - 1] === ZERO) return false;
    }
    this.at = at;
    this.putSource(from, at);
    return true;
  }

  /** Passes digits and answers their number; NaN for anything else than 1 to 15 of them. */
  integer(): number {
    const { src } = this;
    const from = this.at;
    let at = from;
    let value = 0;
    for (let byte = src[at] ?? 0; isDigit(byte); byte = src[++at] ?? 0) {
      value = value * 10 + (byte - ZERO);
    }
    const digits = at - from;
    if (digits === 0 || digits > EXACT_DIGITS || (src[from] === ZERO && digits > 1))
      return Number.NaN;
    this.at = at;
    return value;
  }

  /** Whether personal data may stand in the last string. */
  mayHoldPersonalData(): boolean {
    return (this.marks & TELLING) !== 0 && mayHoldPersonalBytes(this.src, this.start, this.end);
  }

  /** The text of the last string, which holds ASCII without escapes or may be read as it stands. */
  text(start = this.start, end = this.end): string {
    return this.src.toString("latin1", start, end);
  }
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
