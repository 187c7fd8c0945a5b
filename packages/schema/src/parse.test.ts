import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "./limits.js";
import { parseEvent } from "./parse.js";
import { jsonBytes, nestsWithin } from "./properties.js";

const id = "01900000-0000-7000-8000-000000000001";
const event = { id, name: "cart", occurredAt: 1_768_000_000_000, anonymousId: id };

describe("an event", () => {
  it("passes with every field of the contract", () => {
    const whole = {
      ...event,
      sessionId: id,
      userId: "u",
      accountId: "a",
      channel: "webview",
      area: "connected",
      page: { url: "https://a.example/", title: "A", referrer: "", name: "/a/:id" },
      campaign: {
        source: "s",
        medium: "m",
        name: "n",
        term: "t",
        content: "c",
        clickIdType: "gclid",
      },
      outcome: "success",
      value: 12.5,
      currency: "EUR",
      properties: { deep: [1, { a: null }], flag: true },
      traits: { age: "35-44", vip: true, orders: 3 },
      feedback: {
        surveyId: "s",
        surveyVersion: 1,
        kind: "relational",
        responseId: id,
        questionId: "q",
        metric: "nps",
        score: 0,
        min: 0,
        max: 10,
        polarity: 1,
      },
      contact: {
        contactId: "c",
        reason: "r",
        waitSeconds: 0,
        transfers: 0,
        talkSeconds: 1,
        resolved: true,
        reopened: false,
      },
      context: {
        locale: "fr-FR",
        timezone: "Europe/Paris",
        screen: "1x1",
        viewport: "1x1",
        sdk: "x",
        app: "y",
        consent: "exempt",
      },
    };
    expect(parseEvent(whole)).toEqual({ ok: true, event: whole, unknownFields: 0 });
  });

  it("keeps its known fields when a newer sender adds others, and counts those", () => {
    expect(parseEvent({ ...event, later: 1, more: { x: 1 } })).toEqual({
      ok: true,
      event,
      unknownFields: 2,
    });
  });

  it.each([
    ["an NPS answer without feedback", { name: "survey_answered" }, "missing_field", /feedback/],
    ["an identify without a user", { name: "identify" }, "missing_field", /userId/],
    ["a contact without its contact", { name: "contact_resolved" }, "missing_field", /contact/],
    [
      "the nil UUID for a device",
      { anonymousId: "00000000-0000-0000-0000-000000000000" },
      "invalid_field",
      /nil/,
    ],
    ["a field of a wrong type", { value: "12" }, "invalid_field", /value.*got "12"/],
    ["a nested field of a wrong type", { page: { url: 5 } }, "invalid_field", /page\.url.*got 5/],
    ["a score that is not finite", { value: Number.NaN }, "invalid_field", /value/],
    ["a long user id", { userId: "u".repeat(129) }, "invalid_field", /userId/],
  ])("is refused as %s, with the field and the value named", (_what, more, code, message) => {
    const result = parseEvent({ ...event, ...more });
    expect(result).toMatchObject({ ok: false, rejection: { id, code } });
    expect(result.ok ? "" : result.rejection.message).toMatch(message);
  });

  it("takes names of any script and refuses control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }), (name) => {
        // oxlint-disable-next-line no-control-regex -- control characters are the point
        const printable = !/[\u0000-\u001f\u007f-\u009f]/.test(name);
        expect(parseEvent({ ...event, name, userId: "u", feedback: undefined }).ok).toBe(
          printable && name.length <= LIMITS.nameCharacters,
        );
      }),
    );
  });

  it("never throws, whatever it is given", () => {
    fc.assert(
      fc.property(fc.anything(), (input) => {
        expect(parseEvent(input)).toHaveProperty("ok");
      }),
      { numRuns: 2000 },
    );
  });

  it("cannot reach Object.prototype through its keys", () => {
    const input: unknown = JSON.parse(
      `{"id":"${id}","name":"n","occurredAt":1,"userId":"u","__proto__":{"polluted":1},"properties":{"__proto__":{"polluted":1},"constructor":1}}`,
    );
    expect(parseEvent(input).ok).toBe(true);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("the size of properties", () => {
  it("is that of their UTF-8 JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(jsonBytes(value)).toBe(new TextEncoder().encode(JSON.stringify(value)).length);
      }),
    );
  });

  it("is bounded in bytes, keys and depth, exactly", () => {
    const ok = (properties: unknown): boolean => parseEvent({ ...event, properties }).ok;
    expect(ok({ x: "x".repeat(LIMITS.propertiesBytes - 8) })).toBe(true);
    expect(ok({ x: "x".repeat(LIMITS.propertiesBytes - 7) })).toBe(false);
    expect(ok({ x: "é".repeat(LIMITS.propertiesBytes / 2) })).toBe(false);
    const keys = (count: number): object =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`k${n}`, n]));
    expect([ok(keys(LIMITS.propertyKeys)), ok(keys(LIMITS.propertyKeys + 1))]).toEqual([
      true,
      false,
    ]);
    const nested = (depth: number): unknown => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect([ok(nested(LIMITS.propertiesDepth)), ok(nested(LIMITS.propertiesDepth + 1))]).toEqual([
      true,
      false,
    ]);
    expect(nestsWithin([[]], 1)).toBe(false);
  });
});
