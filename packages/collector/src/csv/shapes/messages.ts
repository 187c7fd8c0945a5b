import { describe } from "@balise/schema";
import { RowError } from "../failure.js";
import { EVENT_FIELDS, type Kind } from "../fields.js";
import { CAMPAIGN_COLUMNS, PERSON_COLUMNS, TIME_COLUMNS } from "./columns.js";
import { idAt } from "./ids.js";
import { partOf, type Shape, textOf } from "./shape.js";

/** What tools call what happens to a message. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    message_sent: ["sent", "send", "delivered", "envoye"],
    message_opened: ["opened", "open", "ouvert"],
    message_clicked: ["clicked", "click", "clique"],
  }).flatMap(([name, words]) => [name, ...words].map((word): [string, string] => [word, name])),
);

/** A row a thing that happened to a message of a campaign: by e-mail, push or SMS. */
export const MESSAGES: Shape = {
  name: "messages",
  fields: new Map<string, Kind>([
    ...[...EVENT_FIELDS].filter(([field]) => field !== "id"),
    ["messageId", "id"],
  ]),
  required: [["name"], ["occurredAt"], ["channel"], ["userId", "anonymousId"]],
  columns: {
    ...PERSON_COLUMNS,
    ...CAMPAIGN_COLUMNS,
    name: ["name", "event", "eventtype", "action", "status", "statut", "evenement"],
    occurredAt: TIME_COLUMNS,
    channel: ["channel", "canal"],
    messageId: ["messageid", "message", "sendid", "idmessage"],
  },
  lines: ({ messageId, ...row }, rowId) => {
    const word = textOf(row, "name") ?? "";
    const name = NAMES.get(word.trim().normalize("NFD").replaceAll(/\p{M}/gu, "").toLowerCase());
    if (name === undefined) {
      throw new RowError(
        "invalid_field",
        `name: ${describe(word)} is not sent, opened or clicked: translate it with "values" in the mapping`,
      );
    }
    const { occurredAt } = row;
    if (typeof occurredAt !== "number") {
      throw new RowError("missing_field", "occurredAt: the cell is empty");
    }
    const message = typeof messageId === "string" ? messageId.trim() : "";
    if (message === "") return [{ id: rowId(name, occurredAt), ...row, name }];
    const person = textOf(row, "userId") ?? textOf(row, "anonymousId") ?? "";
    const properties = { ...partOf(row, "properties"), messageId: message };
    return [{ id: idAt(occurredAt, "message", name, message, person), ...row, name, properties }];
  },
};
