import { parseEvent, parseFact } from "@balise/schema";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createConverter } from "../convert.js";
import { checkMapping } from "../mapping.js";
import { Sums } from "../sums.js";
import { COSTS } from "./costs.js";
import { shapeNamed } from "./index.js";
import type { Tree } from "./shape.js";

/** The lines of rows, whose columns are the mapping's fields. */
function linesOf(as: string, rows: readonly Record<string, string>[], more: object = {}): Tree[] {
  const shape = shapeNamed(as);
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const own = Object.fromEntries(header.map((column) => [column, column]));
  const convert = createConverter(checkMapping({ ...own, ...more }, shape), header, shape);
  const lines = rows.flatMap((row) => convert(header.map((column) => row[column] ?? "")));
  for (const line of lines) {
    const parsed = parseFact(line) ?? parseEvent(line);
    expect(parsed).toMatchObject({ ok: true, unknownFields: 0 });
  }
  return lines;
}

const call = {
  "contact.contactId": "T-1",
  userId: "c1",
  openedAt: "2026-03-02 09:00:00",
  resolvedAt: "2026-03-02 10:30:00",
  channel: "phone",
  "contact.reason": "invoice",
  "contact.waitSeconds": "95",
  "contact.talkSeconds": "240",
  outcome: "success",
};

test("a contact is an event when it is opened and one when it is resolved", () => {
  const [opened, resolved, ...more] = linesOf("contacts", [call]);
  expect(more).toEqual([]);
  const common = { userId: "c1", channel: "phone" };
  const contact = { contactId: "T-1", reason: "invoice", waitSeconds: 95 };
  expect(opened).toEqual({
    id: opened?.["id"],
    name: "contact_opened",
    occurredAt: Date.UTC(2026, 2, 2, 9),
    ...common,
    contact,
  });
  expect(resolved).toEqual({
    id: resolved?.["id"],
    name: "contact_resolved",
    occurredAt: Date.UTC(2026, 2, 2, 10, 30),
    ...common,
    outcome: "success",
    contact: { ...contact, talkSeconds: 240, resolved: true },
  });
});

test("an open contact tells all that is known with its opening", () => {
  const [opened, ...more] = linesOf("contacts", [{ ...call, resolvedAt: "", outcome: "failure" }]);
  expect(more).toEqual([]);
  expect(opened).toMatchObject({ outcome: "failure", contact: { talkSeconds: 240 } });
  expect(opened?.["contact"]).not.toHaveProperty("resolved");
  // Told again once it is resolved, it is the same opening.
  expect(linesOf("contacts", [call])[0]?.["id"]).toBe(opened?.["id"]);
});

test("a contact whose opening is not known tells everything with its end", () => {
  const [resolved] = linesOf("contacts", [{ ...call, openedAt: "" }]);
  expect(resolved).toMatchObject({
    name: "contact_resolved",
    contact: { waitSeconds: 95, talkSeconds: 240, resolved: true },
  });
});

test.for<[object, string]>([
  [{ "contact.contactId": " " }, "contact.contactId: the cell is empty"],
  [{ openedAt: "", resolvedAt: "" }, "openedAt: the cell is empty, as is that of resolvedAt"],
  [{ resolvedAt: "2026-03-02 08:59:59" }, "resolvedAt: lies before openedAt"],
])("a contact with %j is refused", ([change, message]) => {
  expect(() => linesOf("contacts", [{ ...call, ...change }])).toThrow(message);
});

test("a contact has no answers and no value, which would count twice", () => {
  for (const field of ["feedback.score", "value"]) {
    expect(() => linesOf("contacts", [{ ...call, [field]: "1" }])).toThrow(
      `${field} is not a field of contacts`,
    );
  }
});

const order = {
  orderId: "1001",
  userId: "c1",
  occurredAt: "2026-03-02",
  value: "49",
  currency: "EUR",
};

test("an order keeps its id, whatever is corrected in it", () => {
  const [first, corrected, other] = linesOf("orders", [
    order,
    { ...order, value: "45", occurredAt: "2026-03-03" },
    { ...order, orderId: "1002" },
  ]);
  expect(first).toMatchObject({ name: "order", value: 49, properties: { orderId: "1001" } });
  expect(corrected?.["id"]).toBe(first?.["id"]);
  expect(other?.["id"]).not.toBe(first?.["id"]);
  const [named] = linesOf("orders", [order], { name: { value: "order_paid" } });
  expect(named).toMatchObject({ name: "order_paid" });
});

test("messages are sent, opened or clicked, each once however often it is told", () => {
  const sent = { name: "Sent", userId: "c1", occurredAt: "2026-03-02", messageId: "m1" };
  const email = { channel: { value: "email" } };
  const lines = linesOf("messages", [sent, { ...sent, name: "message_opened" }, sent], email);
  expect(lines.map((line) => line["name"])).toEqual([
    "message_sent",
    "message_opened",
    "message_sent",
  ]);
  expect(lines[2]?.["id"]).toBe(lines[0]?.["id"]);
  expect(lines[1]?.["id"]).not.toBe(lines[0]?.["id"]);
  const { messageId: _, ...nameless } = sent;
  expect(new Set(linesOf("messages", [nameless, nameless], email).map(({ id }) => id)).size).toBe(
    2,
  );
  expect(() => linesOf("messages", [{ ...sent, name: "bounced" }], email)).toThrow(
    '"bounced" is not sent, opened or clicked',
  );
});

test("a customer has days and traits", () => {
  expect(
    linesOf("customers", [{ userId: "c1", since: "20240131", until: "", "traits.plan": "pro" }]),
  ).toEqual([{ type: "customer", userId: "c1", since: "2024-01-31", traits: { plan: "pro" } }]);
  expect(() => linesOf("customers", [{ userId: "" }])).toThrow("userId: the cell is empty");
  expect(() => linesOf("customers", [{ userId: "c", "properties.x": "1" }])).toThrow(
    "properties.x is not a field of customers",
  );
});

const cost = { day: "2026-03-02", "campaign.name": "spring", cost: "10.1", currency: "EUR" };

test("costs of one campaign and day are added up to the cent, in any order", () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.constantFrom("a", "b", ""), fc.integer({ min: -10_000, max: 10_000_000 })),
      ),
      (parts) => {
        const sums = new Sums(COSTS.sum ?? { by: String, add: () => {} });
        for (const [name, units] of parts) {
          const row = { ...cost, "campaign.name": name, clicks: "2", cost: String(units / 10_000) };
          for (const line of linesOf("costs", [row])) sums.add(1, line);
        }
        for (const { sum } of sums.all()) {
          const name = Object(sum["campaign"])["name"] ?? "";
          const own = parts.filter(([one]) => one === name);
          const units = own.reduce((total, [, part]) => total + part, 0);
          expect(sum).toMatchObject({ cost: units / 10_000, clicks: 2 * own.length });
          expect(parseFact(sum)).toMatchObject({ ok: true });
        }
        expect([...sums.all()]).toHaveLength(new Set(parts.map(([name]) => name)).size);
      },
    ),
    { numRuns: 50 },
  );
});

test("a cost without day, amount or currency is refused, and so are too many sums", () => {
  for (const field of ["day", "cost", "currency"]) {
    expect(() => linesOf("costs", [{ ...cost, [field]: " " }])).toThrow(
      `${field}: the cell is empty`,
    );
  }
  const sums = new Sums(COSTS.sum ?? { by: String, add: () => {} }, 1);
  const [first, second] = linesOf("costs", [cost, { ...cost, day: "2026-03-03" }]);
  sums.add(1, first ?? {});
  expect(() => sums.add(2, second ?? {})).toThrow("the file has more than 1 sums");
});

test("an annotation has an id, a kind and a beginning", () => {
  const release = { id: "v2", kind: "release", from: "2026-03-02 09:00:00", text: "New checkout" };
  expect(linesOf("annotations", [{ ...release, to: "", removed: "" }])).toEqual([
    { type: "annotation", ...release, from: Date.UTC(2026, 2, 2, 9) },
  ]);
  for (const field of ["id", "kind", "from"]) {
    expect(() => linesOf("annotations", [{ ...release, [field]: "" }])).toThrow(
      `${field}: the cell is empty`,
    );
  }
});
