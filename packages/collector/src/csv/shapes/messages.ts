import { describe } from "@balise/schema";
import { RowError } from "../failure.js";
import { eventFieldsWithout, type Kind } from "../fields.js";
import { idAt } from "./ids.js";
import { momentOf } from "./moment.js";
import { partOf, type Shape, textOf } from "./shape.js";

/** What tools call what happens to a message. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["sent", "message_sent"],
  ["opened", "message_opened"],
  ["clicked", "message_clicked"],
  ["message_sent", "message_sent"],
  ["message_opened", "message_opened"],
  ["message_clicked", "message_clicked"],
]);

/** A row a thing that happened to a message of a campaign: by e-mail, push or SMS. */
export const MESSAGES: Shape = {
  name: "messages",
  fields: new Map<string, Kind>([
    ...eventFieldsWithout((field) => field === "id"),
    ["messageId", "id"],
  ]),
  free: ["properties", "traits"],
  required: [["name"], ["occurredAt"], ["channel"], ["userId", "anonymousId"]],
  lines: ({ messageId, ...row }, rowId) => {
    const word = textOf(row, "name") ?? "";
    const name = NAMES.get(word.trim().toLowerCase());
    if (name === undefined) {
      throw new RowError(
        "invalid_field",
        `name: ${describe(word)} is not sent, opened or clicked: translate it with "values" in the mapping`,
      );
    }
    const occurredAt = momentOf(row);
    if (typeof messageId !== "string") return [{ id: rowId(name, occurredAt), ...row, name }];
    const person = textOf(row, "userId") ?? textOf(row, "anonymousId") ?? "";
    const properties = { ...partOf(row, "properties"), messageId };
    const id = idAt(occurredAt, "message", name, messageId, person);
    return [{ id, ...row, name, properties }];
  },
};
