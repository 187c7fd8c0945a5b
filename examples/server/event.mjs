import { createHash } from "node:crypto";

/** What Balise is told of a paid order. */
export function eventOf({ number, customer, paidAt, euros }) {
  return {
    id: idOf(`order_paid ${number}`),
    name: "order_paid",
    occurredAt: Date.parse(paidAt),
    userId: customer,
    value: euros,
    currency: "EUR",
    outcome: "success",
    properties: { order: number },
  };
}

/**
 * A UUID (version 8, RFC 9562) that is the same for the same text: however often an order is sent,
 * it counts once.
 */
function idOf(text) {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | 0x80;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
