import { LIMITS } from "@balise/schema";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mayHoldPersonalBytes } from "./may-hold-bytes.js";
import { mayHoldPersonalData, mayHoldPersonalUrl } from "./may-hold.js";
import { scrubBody } from "./rejected.js";
import { personalDataIn, scrubText } from "./text.js";
import { CAMPAIGN_PARAMETERS, scrubUrl } from "./url.js";

const DIGITS = Array.from("0123456789");

const digits = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...DIGITS), minLength: length, maxLength: length });
const letters = (from: string, minLength: number, maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(from)), minLength, maxLength });

const LOWER = "abcdefghijklmnopqrstuvwxyz";
const email = fc
  .tuple(letters(`${LOWER}0123456789`, 1, 12), letters(LOWER, 1, 12), letters(LOWER, 2, 8))
  .map(([name, host, top]) => `${name}@${host}.${top}`);

/** The check digits that make the number of the country leave 1 (ISO 13616). */
const iban = fc
  .tuple(fc.constantFrom(["FR", 23], ["DE", 18], ["BE", 12], ["CH", 17], ["ES", 20]), digits(30))
  .map(([[country, length], number]) => {
    const account = number.slice(0, length);
    const codes = Array.from(`${country}00`, (character) => parseInt(character, 36)).join("");
    const check = 98n - (BigInt(account + codes) % 97n);
    return `${country}${String(check).padStart(2, "0")}${account}`;
  });

const card = fc
  .tuple(fc.constantFrom("4", "51", "2221", "6011", "62"), digits(15))
  .map(([prefix, number]) => {
    const body = (prefix + number).slice(0, 15);
    const check = DIGITS.find((digit) => passesLuhn(body + digit)) ?? "";
    return body + check;
  });

/** The definition, unlike the code: from the right every second digit doubled, its digits added. */
function passesLuhn(number: string): boolean {
  const doubled = Array.from(number)
    .toReversed()
    .map((digit, at) => String(Number(digit) * (1 + (at % 2))));
  return Array.from(doubled.join("")).reduce((sum, digit) => sum + Number(digit), 0) % 10 === 0;
}

const inFours = (text: string, by: string): string => text.match(/.{1,4}/g)?.join(by) ?? "";
const separator = fc.constantFrom("", " ", "\u00a0", "\u202f", "-");
const personal = fc.oneof(
  email,
  fc.tuple(fc.oneof(iban, card), separator).map(([number, by]) => inFours(number, by)),
);

/** Between words, where people put what they write. */
const around = fc.oneof(
  fc.lorem({ maxCount: 4 }),
  fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replace(/[@\d\p{Nd}"]/gu, "")),
);
const noise = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from("0123456789 .-/()+@%:;=?&#_abEJey\u00a0\u200b\uff11"),
      "eyJ",
      "Bearer ",
      "(at)",
      "://",
      "%40",
      "%2540",
      "token=",
      "FR76",
      "[email]",
      "06 12 34 56 78",
      "a@b.co",
      "4111 1111 1111 1111",
    ),
    maxLength: 40,
  }),
);
const RUNS = { numRuns: 3000 };

describe("any text", () => {
  it("keeps no e-mail address, IBAN or card that was put into it", () => {
    const property = fc.property(around, personal, around, (before, secret, behind) => {
      const left = scrubText(`${before} ${secret} ${behind}`);
      expect(left).not.toContain(secret);
      expect(left.match(/\d{5}/g)).toBeNull();
      expect(left.startsWith(before) && left.endsWith(behind)).toBe(true);
    });
    fc.assert(property, RUNS);
  });

  it("keeps none in a rejected body either, escaped or cut as it may be", () => {
    const property = fc.property(around, personal, around, (before, secret, behind) => {
      for (const text of [secret, secret.replace("@", "\\u0040"), `\n${secret}\t`]) {
        const json = JSON.stringify({ a: `${before} ${text} ${behind}`, b: { c: [text] } });
        const body = scrubBody(json, CAMPAIGN_PARAMETERS);
        expect(body).not.toContain(secret);
        expect(scrubBody(json.slice(0, -3), CAMPAIGN_PARAMETERS)).not.toContain(secret);
      }
    });
    fc.assert(property, RUNS);
  });

  it("is scrubbed once: doing it again changes nothing", () => {
    const property = fc.property(fc.oneof(noise, around), (text) => {
      for (const phones of ["any", "marked"] as const) {
        const once = scrubText(text, phones);
        expect(scrubText(once, phones)).toBe(once);
      }
      const url = scrubUrl(text);
      expect(scrubUrl(url)).toBe(url);
    });
    fc.assert(property, { numRuns: 10_000 });
  });

  it("as long as may be and made to mislead is read to its end", () => {
    const pieces = fc.array(noise, { minLength: 1, maxLength: 3 });
    const property = fc.property(pieces, email, (parts, mail) => {
      const piece = `${parts.join("")} `;
      const text = piece.repeat(LIMITS.textCharacters / piece.length);
      const once = scrubText(text);
      expect(scrubText(once)).toBe(once);
      expect(scrubText(`${text}\n${mail}\n`).endsWith("[email]\n")).toBe(true);
      expect(scrubBody(`${text}\n${mail}\n`, CAMPAIGN_PARAMETERS)).not.toContain(`\n${mail}`);
      const url = scrubUrl(`/${text}?${text}#/${text}`);
      expect(scrubUrl(url)).toBe(url);
    });
    fc.assert(property, { numRuns: 300 });
  });

  it("stays whole Unicode", () => {
    const property = fc.property(
      fc.string({ unit: "binary", maxLength: 40 }),
      email,
      (text, mail) => {
        expect(scrubText(`${text}${mail}${text}`).isWellFormed()).toBe(true);
        expect(scrubUrl(`/${text}${mail}?${text}`).isWellFormed()).toBe(true);
      },
    );
    fc.assert(property, RUNS);
  });
});

describe("the look before", () => {
  it("says no only to what stays as it is", () => {
    let passed = 0;
    const property = fc.property(noise, (text) => {
      if (!mayHoldPersonalData(text)) {
        passed += 1;
        expect(personalDataIn(text, "any")).toEqual([]);
      }
      // The mark makes sure that the address is looked at.
      if (!mayHoldPersonalUrl(text)) expect(scrubUrl(`${text}?`)).toBe(`${text}?`);
    });
    fc.assert(property, { numRuns: 10_000 });
    expect(passed).toBeGreaterThan(1000);
  });

  it("at the bytes of JSON says no only where the one at the text does", () => {
    let passed = 0;
    const property = fc.property(noise, (text) => {
      const bytes = Buffer.from(JSON.stringify(text));
      if (mayHoldPersonalBytes(bytes, 1, bytes.length - 1)) return;
      passed += 1;
      expect(mayHoldPersonalData(text)).toBe(false);
    });
    fc.assert(property, { numRuns: 10_000 });
    expect(passed).toBeGreaterThan(1000);
  });

  it("at the bytes of JSON counts wide characters and escapes between digits as one", () => {
    for (const gap of ["\u202f".repeat(8), "\n".repeat(8)]) {
      const text = Array.from("0612345").join(gap);
      const bytes = Buffer.from(JSON.stringify(text));
      expect(mayHoldPersonalData(text)).toBe(true);
      expect(mayHoldPersonalBytes(bytes, 1, bytes.length - 1)).toBe(true);
    }
  });
});
