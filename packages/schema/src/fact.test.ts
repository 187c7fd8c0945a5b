import fc from "fast-check";
import { expect, test } from "vitest";
import { parseFact } from "./fact.js";

const cost = { type: "cost", day: "2026-03-13", cost: 12.3456, currency: "EUR" };
const customer = { type: "customer", userId: "c1" };
const id = "0196a3c0-0000-7000-8000-000000000001";
const followUp = { type: "follow_up", id, responseId: id, changedAt: 1.7e12, status: "open" };
const release = { type: "annotation", id: "v2", kind: "release", from: Date.UTC(2026, 2, 13) };

test("costs, customers and annotations are taken, fields that are null or unknown left out", () => {
  expect(parseFact({ ...cost, clicks: null, note: "x" })).toEqual({
    ok: true,
    fact: cost,
    unknownFields: 1,
  });
  const whole = { ...customer, since: "1999-12-31", until: "2026-03-13", traits: { plan: "pro" } };
  expect(parseFact(whole)).toEqual({ ok: true, fact: whole, unknownFields: 0 });
  const lasting = { ...release, to: release.from + 1, text: "New checkout", removed: true };
  expect(parseFact(lasting)).toEqual({ ok: true, fact: lasting, unknownFields: 0 });
});

test("a follow-up is taken, with an owner or without", () => {
  for (const whole of [followUp, { ...followUp, status: "resolved", owner: "desk 3" }]) {
    expect(parseFact(whole)).toEqual({ ok: true, fact: whole, unknownFields: 0 });
  }
});

test("an event with a field of its own named type stays one", () => {
  expect(parseFact({ ...cost, occurredAt: 1 })).toBeUndefined();
  for (const other of [null, 7, "cost", [], { type: "costs" }, {}]) {
    expect(parseFact(other)).toBeUndefined();
  }
});

test.for<[object, string, string]>([
  [{ ...cost, day: "2026-02-30" }, "invalid_field", "day: is not a day"],
  [{ ...cost, day: "1999-12-31" }, "invalid_field", "from 2000 to 2099"],
  [{ ...cost, cost: 0.00001 }, "invalid_field", "has more than four decimals"],
  [{ ...cost, cost: 1e14 }, "invalid_field", "cost: "],
  [{ ...cost, clicks: -1 }, "invalid_field", "clicks: "],
  [{ ...cost, clicks: 1.5 }, "invalid_field", "clicks: "],
  [{ ...cost, currency: "euro" }, "invalid_field", "three capital letters"],
  [{ ...cost, acquisitionChannel: "tv" }, "invalid_field", "acquisitionChannel: "],
  [{ ...cost, cost: undefined }, "missing_field", "cost"],
  [{ ...customer, userId: "" }, "invalid_field", "userId: "],
  [{ ...followUp, status: "closed" }, "invalid_field", "status: "],
  [{ ...followUp, id: "7" }, "invalid_id", "id: "],
  [{ ...followUp, responseId: undefined }, "missing_field", "responseId"],
  [{ ...followUp, changedAt: 1.7e9 }, "invalid_field", "epoch milliseconds"],
  [{ ...followUp, changedAt: "2026-03-13" }, "invalid_field", "changedAt: "],
  [{ ...followUp, owner: "x".repeat(129) }, "invalid_field", "owner: "],
  [{ ...customer, userId: null }, "missing_field", "userId"],
  [{ ...customer, since: "2026-03-13", until: "2026-03-12" }, "invalid_field", "is before since"],
  [{ ...release, kind: "party" }, "invalid_field", "kind: "],
  [{ ...release, from: "2026-03-13" }, "invalid_field", "from: "],
  [{ ...release, from: 1_773_360_000 }, "invalid_field", "lies before 2000"],
  [{ ...release, to: release.from - 1 }, "invalid_field", "is before from"],
  [{ ...release, id: null }, "missing_field", "id"],
])("%j is refused as %s: %s", ([input, code, message]) => {
  const parsed = parseFact(input);
  expect(parsed).toMatchObject({ ok: false, rejection: { code } });
  if (parsed?.ok === false) expect(parsed.rejection.message).toContain(message);
});

test("any object of these types is taken or refused in words", () => {
  const value = fc.oneof(fc.jsonValue(), fc.double(), fc.constantFrom("2026-03-13", "EUR", 12.5));
  const fields = [
    "day",
    "cost",
    "currency",
    "userId",
    "since",
    "until",
    "traits",
    "campaign",
    "id",
    "responseId",
    "changedAt",
    "status",
    "owner",
    "from",
  ];
  const input = fc.tuple(
    fc.constantFrom("cost", "customer", "follow_up", "annotation"),
    fc.dictionary(fc.constantFrom(...fields, "__proto__"), value),
  );
  fc.assert(
    fc.property(input, ([type, rest]) => {
      const parsed = parseFact({ ...rest, type });
      if (parsed?.ok === false) expect(parsed.rejection.message).toMatch(/./);
      else expect(parsed).toMatchObject({ ok: true, fact: { type } });
    }),
    { numRuns: 1000 },
  );
});
