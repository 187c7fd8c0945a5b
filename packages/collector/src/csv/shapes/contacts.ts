import { RowError } from "../failure.js";
import { EVENT_FIELDS, type Kind } from "../fields.js";
import { idAt } from "./ids.js";
import { PERSON_COLUMNS, TIME_COLUMNS } from "./columns.js";
import { partOf, type Sent, type Shape, textOf, type Tree } from "./shape.js";

/** A row a contact, with the moments when it was opened and resolved. */
export const CONTACTS: Shape = {
  name: "contacts",
  fields: new Map<string, Kind>([
    ...[...EVENT_FIELDS].filter(([field]) => !["id", "name", "occurredAt"].includes(field)),
    ["openedAt", "time"],
    ["resolvedAt", "time"],
  ]),
  required: [["contact.contactId"], ["openedAt", "resolvedAt"], ["userId", "anonymousId"]],
  columns: {
    ...PERSON_COLUMNS,
    "contact.contactId": [
      "contactid",
      "contact",
      "ticketid",
      "ticket",
      "caseid",
      "case",
      "callid",
      "numerodedossier",
      "dossier",
      "demande",
    ],
    "contact.reason": ["reason", "motif", "subject", "topic", "category", "raison", "sujet"],
    openedAt: [
      "openedat",
      "opened",
      "ouvertle",
      "ouverture",
      "createdat",
      "created",
      ...TIME_COLUMNS,
    ],
    resolvedAt: ["resolvedat", "closedat", "closed", "solvedat", "resolule", "cloture", "closle"],
    channel: ["channel", "canal"],
    outcome: ["outcome", "resultat"],
    "contact.waitSeconds": ["waitseconds", "wait", "attente", "waitingtime", "queueseconds"],
    "contact.talkSeconds": ["talkseconds", "talk", "talktime", "conversation", "handleseconds"],
    "contact.transfers": ["transfers", "transferts"],
    "contact.resolved": ["resolved", "resolu", "solved"],
    "contact.reopened": ["reopened", "rouvert"],
  },
  lines: ({ openedAt, resolvedAt, ...row }) => {
    const { resolved, ...contact } = partOf(row, "contact");
    const contactId = textOf(contact, "contactId");
    if (contactId === undefined) {
      throw new RowError("missing_field", "contact.contactId: the cell is empty");
    }
    const told = { reason: "", ...contact, contactId };
    const { outcome, ...rest } = row;
    // What became of it is known when it is resolved; the operators' numbers are told once.
    const end = {
      ...(outcome !== undefined && { outcome }),
      contact: {
        reason: told.reason,
        contactId,
        resolved: resolved ?? typeof resolvedAt === "number",
      },
    };
    const lines: Sent[] = [];
    if (typeof openedAt === "number") {
      lines.push(lineOf("contact_opened", openedAt, contactId, { ...rest, contact: told }));
    }
    if (typeof resolvedAt === "number") {
      lines.push(lineOf("contact_resolved", resolvedAt, contactId, { ...rest, ...end }));
    } else if (lines[0] !== undefined && (outcome !== undefined || resolved !== undefined)) {
      Object.assign(lines[0], {
        ...(outcome !== undefined && { outcome }),
        contact: { ...told, ...(resolved !== undefined && { resolved }) },
      });
    }
    if (lines.length === 0) {
      throw new RowError("missing_field", "openedAt: the cell is empty, as is that of resolvedAt");
    }
    return lines;
  },
};

/** A contact that is opened anew, at another moment, is another event. */
function lineOf(name: string, occurredAt: number, contactId: string, row: Tree | Sent): Sent {
  return { id: idAt(occurredAt, "contact", name, contactId), name, occurredAt, ...row };
}
