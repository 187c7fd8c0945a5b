import { RowError } from "../failure.js";
import { eventFieldsWithout, type Kind } from "../fields.js";
import { idAt } from "./ids.js";
import { partOf, type Shape, textOf, type Tree } from "./shape.js";

/** What a contact says itself, or would be told twice, with its opening and with its end. */
const LEFT = /^(id|name|occurredAt|value|currency|feedback\..*)$/;

/**
 * A row a contact, with the moments when it was opened and resolved: an event each. What is known when
 * it is opened stands in both; what becomes of it stands in the last.
 */
export const CONTACTS: Shape = {
  name: "contacts",
  fields: new Map<string, Kind>([
    ...eventFieldsWithout((field) => LEFT.test(field)),
    ["openedAt", "time"],
    ["resolvedAt", "time"],
  ]),
  free: ["properties", "traits"],
  required: [["contact.contactId"], ["openedAt", "resolvedAt"], ["userId", "anonymousId"]],
  lines: ({ openedAt, resolvedAt, outcome, ...row }) => {
    const contact = { reason: "", ...partOf(row, "contact") };
    const contactId = textOf(contact, "contactId");
    if (contactId === undefined) {
      throw new RowError("missing_field", "contact.contactId: the cell is empty");
    }
    const closed = typeof resolvedAt === "number";
    if (typeof openedAt === "number" && closed && resolvedAt < openedAt) {
      throw new RowError("invalid_field", "resolvedAt: lies before openedAt");
    }
    const lineOf = (name: string, occurredAt: number, rest: Tree): Tree => {
      // A contact that is opened anew, at another moment, is another event.
      const id = idAt(occurredAt, "contact", name, contactId);
      return { id, name, occurredAt, ...row, ...rest };
    };
    const told = { ...(outcome !== undefined && { outcome }) };
    const lines: Tree[] = [];
    if (typeof openedAt === "number") {
      const rest = closed ? { contact: atOpening(contact) } : { ...told, contact };
      lines.push(lineOf("contact_opened", openedAt, rest));
    }
    if (closed) {
      const end = { ...told, contact: { resolved: true, ...contact } };
      lines.push(lineOf("contact_resolved", resolvedAt, end));
    }
    if (lines.length > 0) return lines;
    throw new RowError("missing_field", "openedAt: the cell is empty, as is that of resolvedAt");
  },
};

function atOpening({ contactId, reason, waitSeconds }: Tree): Tree {
  return {
    ...(contactId !== undefined && { contactId }),
    ...(reason !== undefined && { reason }),
    ...(waitSeconds !== undefined && { waitSeconds }),
  };
}
