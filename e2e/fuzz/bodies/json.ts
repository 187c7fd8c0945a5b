import fc from "fast-check";

/** JSON as text, so that it may also be what no program would write. */
const numbers = fc.oneof(
  fc.constantFrom(
    ..."0 -0 1e999 -1e999 1e-999 9007199254740993 18446744073709551616 0.1e+400 -1 1.5 00 01 .5 1. +1 0x10 NaN Infinity -Infinity 1e 1_000".split(
      " ",
    ),
  ),
  fc.integer({ min: 1, max: 3000 }).map((digits) => "9".repeat(digits)),
  fc.double().map(String),
);

const STRINGS = [
  "",
  "\\u0000",
  "\\ud800",
  "\\udfff\\ud800",
  "\\u001b[2J",
  "\u0000",
  "\u001b]0;x\u0007",
  "\n",
  "\u2028\u202e",
  "\\x",
  "\\u12",
  "été ☀️ 👩‍👩‍👧",
  "'); DROP TABLE events --",
  "`) FROM system.tables --",
  "{site:String}",
  "${7*7}<script>alert(1)</script>",
  "../../../../etc/passwd",
  "2026-13-45",
  "00000000-0000-0000-0000-000000000000",
  "a.b.c",
  "jean.dupont@example.com",
  "4111 1111 1111 1111",
];
const KEYS = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "length",
  "id",
  "name",
  "events",
  "writeKey",
  "a.b",
  "`",
  "",
];

export const hostileText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...STRINGS) },
  fc.string({ unit: "binary", maxLength: 40 }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc.integer({ min: 100, max: 70_000 }).map((length) => "x".repeat(length)),
  fc.integer({ min: 10, max: 4000 }).map((times) => "a@".repeat(times)),
  fc.integer({ min: 10, max: 4000 }).map((times) => "+33 6 ".repeat(times)),
);

const quoted = hostileText.map((text) => `"${text}"`);
const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...KEYS) },
  fc.integer({ min: 120, max: 5000 }).map((length) => "k".repeat(length)),
  hostileText,
);

/** Any JSON value, and much that is none. */
export const hostileJson: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: false },
    fc.constantFrom("null", "true", "false", "{}", "[]", "", "undefined", "[,]", "{"),
    numbers,
    quoted,
    fc.array(tie("value"), { maxLength: 6 }).map((values) => `[${values.join()}]`),
    fc.array(fc.tuple(key, tie("value")), { maxLength: 6 }).map(objectOf),
  ),
})).value;

/** Shapes that cost whoever does not count: as deep, as wide and as many as a body allows. */
export const hugeJson = fc.oneof(
  fc.integer({ min: 1, max: 100_000 }).map((depth) => "[".repeat(depth)),
  fc.integer({ min: 1, max: 70_000 }).map((depth) => `${"[".repeat(depth)}${"]".repeat(depth)}`),
  fc.integer({ min: 1, max: 9000 }).map((depth) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`),
  fc
    .integer({ min: 60, max: 5000 })
    .map((width) => objectOf(Array.from({ length: width }, (_, place) => [`k${place}`, "1"]))),
  fc
    .integer({ min: 2, max: 5000 })
    .map((times) => objectOf(Array.from({ length: times }, () => ["__proto__", "{}"]))),
  fc.integer({ min: 2, max: 20_000 }).map((length) => `[${"0,".repeat(length)}0]`),
);

/** The same key may come twice. */
export function objectOf(entries: readonly (readonly [string, string])[]): string {
  return `{${entries.map(([name, value]) => `"${name}":${value}`).join()}}`;
}
