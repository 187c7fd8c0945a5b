/** What the widgets take out of texts before they leave, beside what the collector takes out. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { scrubText } from "../packages/collector/dist/ingest/scrub/text.js";
import { scrub } from "../packages/sdk/dist/tsc/survey/scrub.js";

const PERSONAL = [
  ["Écrivez-moi à jean.dupont@example.com, merci", "Écrivez-moi à [email], merci"],
  ["josé.muñoz@exámple.es", "[email]"],
  ["name (at) example.com please", "[email] please"],
  ["Rappelez-moi au 06 12 34 56 78 demain", "Rappelez-moi au [phone] demain"],
  ["0612345678", "[phone]"],
  ["06\u00a012\u202f34\u00a056\u202f78", "[phone]"],
  ["+33 (0)6 12 34 56 78", "[phone]"],
  ["0033 6 12 34 56 78", "[phone]"],
  ["Call (202) 555-0143 now", "Call [phone] now"],
  ["le 21/11/2026 au 06 12 34 56 78", "le 21/11/2026 au [phone]"],
  ["IBAN : FR76 3000 6000 0112 3456 7890 189 merci", "IBAN : [iban] merci"],
  ["GB82 WEST 1234 5698 7654 32", "[iban]"],
  ["DE89370400440532013000", "[iban]"],
  ["ma carte 4111111111111111 est refusée", "ma carte [card] est refusée"],
  ["5555-5555-5555-4444", "[card]"],
  ["Jean, jean@example.com, 06 12 34 56 78", "Jean, [email], [phone]"],
];

const ORDINARY = [
  "Très bon service, merci !",
  "Prix : 1 234 567,89 €",
  "21/11/2026 10:30",
  "09.11.2026 14h30",
  "de 9 h à 18 h, du 01 au 15 12 2026",
  "order 1234567890",
  "commande AB-0612345678",
  "version 10.15.7",
  "merci @jean",
  "logo@2x.png",
  "550e8400-e29b-41d4-a716-446655440000",
  "5 sur 5, 10/10, 100 %",
  "👩‍👩‍👧 famille",
  "https://example.com/?page=2&sort=price",
];

test.each(PERSONAL)("%j leaves the browser as the collector would store it", (text, left) => {
  expect(scrub(text)).toBe(left);
  expect(scrubText(text)).toBe(left);
});

test.each(ORDINARY)("%j leaves as it is", (text) => {
  expect(scrub(text)).toBe(text);
});

const letters = fc.string({
  unit: fc.constantFrom(...Array.from("abcdefghijklmnopqrstuvwxyz")),
  minLength: 2,
  maxLength: 12,
});
const words = fc.lorem({ maxCount: 4 });

test("addresses and numbers within any words are gone, and the words are not", () => {
  const email = fc.tuple(letters, letters, letters).map(([a, b, c]) => `${a}@${b}.${c}`);
  const digits = fc.string({
    unit: fc.constantFrom(...Array.from("0123456789")),
    minLength: 8,
    maxLength: 8,
  });
  const phone = digits.map((rest) => `06${rest}`);
  fc.assert(
    fc.property(words, fc.oneof(email, phone), words, (before, secret, behind) => {
      const left = scrub(`${before} ${secret} ${behind}`);
      expect(left).not.toContain(secret);
      expect(left.startsWith(before) && left.endsWith(behind)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a text as long as may be and made to mislead is read to its end", () => {
  for (const piece of ["0", "06 ", "a", "a@", "@a.", "FR76", "+1(", "1-2.", "eyJ", "é.", "AB12 "]) {
    const text = piece.repeat(Math.ceil(2000 / piece.length));
    expect(scrub(`${text}; ada@example.com`)).toMatch(/; \[email\]$/);
  }
});
