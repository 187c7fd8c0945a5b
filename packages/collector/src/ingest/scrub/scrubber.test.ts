import { type Event, LIMITS } from "@balise/schema";
import { describe, expect, it } from "vitest";
import { createScrubber } from "./index.js";

const MAIL = "jean@example.com";
const event = (more: Partial<Event> = {}): Event => ({
  id: "01900000-0000-7000-8000-000000000001",
  name: "cart",
  occurredAt: 1_781_524_800_000,
  anonymousId: "01900000-0000-7000-8000-000000000002",
  ...more,
});
const scrubber = createScrubber({
  queryParameters: ["Sort"],
  unscrubbedProperties: ["order", "seller"],
});

describe("an event", () => {
  it("is the same object when there is nothing personal in it", () => {
    const plain = event({
      page: { url: "https://a.example/?utm_source=x", title: "Lampes", referrer: "" },
      campaign: { source: "x" },
      properties: { price: 49.9, tags: ["a", { b: null }] },
      traits: { plan: "family", adult: true },
      contact: { contactId: "c", reason: "invoice" },
    });
    expect(scrubber.event(plain)).toBe(plain);
  });

  it("changes where people and pages wrote, and nowhere else", () => {
    const personal = event({
      name: MAIL,
      userId: MAIL,
      accountId: MAIL,
      page: { url: `/${MAIL}?a=b`, title: "06 12 34 56 78", referrer: "/?a=b", name: MAIL },
      campaign: { source: "x", term: MAIL },
      contact: { contactId: MAIL, reason: MAIL, resolved: false },
    });
    const before = structuredClone(personal);
    expect(scrubber.event(personal)).toEqual({
      ...before,
      page: { url: "/[email]", title: "[phone]", referrer: "/", name: "[email]" },
      campaign: { source: "x", term: "[email]" },
      contact: { contactId: MAIL, reason: "[email]", resolved: false },
    });
    expect(personal).toEqual(before);
  });

  it("keeps the limits of its texts, though a short address is replaced by something longer", () => {
    const text = "a@b.co ".repeat(LIMITS.textCharacters / 7).padEnd(LIMITS.textCharacters);
    const feedback = {
      surveyId: "s",
      kind: "relational",
      responseId: "01900000-0000-7000-8000-000000000003",
      questionId: "q",
      metric: "text",
      text,
      choice: text.slice(0, LIMITS.shortCharacters),
    } as const;
    const scrubbed = scrubber.event(event({ feedback })).feedback;
    expect(scrubbed?.text).toHaveLength(LIMITS.textCharacters);
    expect(scrubbed?.choice).toHaveLength(LIMITS.shortCharacters);
    expect(scrubbed?.text).toMatch(/^(\[email\] )+/);
  });
});

describe("properties", () => {
  it("are scrubbed at any depth, names included, but for those that are let through", () => {
    const properties = {
      note: MAIL,
      list: [MAIL, { deep: `Tel. +33 6 12 34 56 78` }, 4],
      [MAIL]: { seller: MAIL },
      link: "https://a.example/x?token=abc&sort=up",
      order: MAIL,
      seller: { mail: MAIL },
    };
    expect(scrubber.properties(properties)).toEqual({
      note: "[email]",
      list: ["[email]", { deep: "Tel. [phone]" }, 4],
      "[email]": { seller: "[email]" },
      link: "https://a.example/x?sort=up",
      order: MAIL,
      seller: { mail: MAIL },
    });
  });

  it("keep ten digits in a row, which are an order more often than a telephone", () => {
    const orders = { reference: "0612345678", other: "0033612345678", id: 4_111_111_111_111_111 };
    expect(scrubber.properties(orders)).toBe(orders);
    expect(scrubber.properties({ a: "06 12 34 56 78", b: "+33612345678" })).toEqual({
      a: "[phone]",
      b: "[phone]",
    });
  });

  it("keep a name that means something to JavaScript", () => {
    const properties = JSON.parse(`{"__proto__":"${MAIL}"}`);
    expect(JSON.stringify(scrubber.properties(properties))).toBe('{"__proto__":"[email]"}');
  });

  it("are scrubbed in traits alike", () => {
    const traits = { contact: MAIL, order: MAIL, age: 41, phone: "0612345678" };
    expect(scrubber.traits(traits)).toEqual({ ...traits, contact: "[email]" });
  });
});

describe("what was not accepted", () => {
  it.each([
    [`{"a":"${MAIL}"`, '{"a":"[email]"'],
    ['{"a":"jean\\u0040example.com"}', '{"a":"[email]"}'],
    ['{"a":"Tel.\\n06 12 34 56 78\\nmerci"}', '{"a":"Tel.\\n[phone]\\nmerci"}'],
    ['{"a":"https:\\/\\/a.example\\/b?token=x&sort=up"}', '{"a":"https://a.example/b?sort=up"}'],
    ['{"url":"/reset?code=12#x","b":1}', '{"url":"/reset","b":1}'],
    [`{url:https://a.example/b?mail=${MAIL}}`, "{url:https://a.example/b"],
    ["{'a':'\\u0030612345678'}", "{'a':'[phone]'}"],
    ['{"a":"C:\\\\x","b":"a = b","c":"?"}', '{"a":"C:\\\\x","b":"a = b","c":"?"}'],
    ["", ""],
  ])("is scrubbed in whatever shape: %s", (body, left) => {
    expect(scrubber.body(body)).toBe(left);
    expect(scrubber.body(left)).toBe(left);
  });

  it("loses what was cut in two at its end", () => {
    const text = "x".repeat(LIMITS.eventBytes - 8);
    const left = scrubber.body(`${text} jean.dupont@example.com`);
    expect(left.length).toBeLessThan(LIMITS.eventBytes);
    expect(left).not.toContain("jean");
  });

  it("is told without a value that is quoted in part", () => {
    expect(scrubber.message('channel: is wrong (got "jean.dupont@exam…)')).toBe(
      "channel: is wrong (got a long text)",
    );
    expect(scrubber.message(`value: is no number (got "${MAIL}")`)).toBe(
      'value: is no number (got "[email]")',
    );
  });
});
