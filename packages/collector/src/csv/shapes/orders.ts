import { RowError } from "../failure.js";
import { EVENT_FIELDS, type Kind } from "../fields.js";
import { CAMPAIGN_COLUMNS, PERSON_COLUMNS, TIME_COLUMNS } from "./columns.js";
import { idOfName } from "./ids.js";
import { partOf, type Shape, textOf } from "./shape.js";

/** A row an order: the same one however often it is told, whatever is corrected in it. */
export const ORDERS: Shape = {
  name: "orders",
  fields: new Map<string, Kind>([
    ...[...EVENT_FIELDS].filter(([field]) => field !== "id"),
    ["orderId", "id"],
  ]),
  required: [["orderId"], ["occurredAt"], ["userId", "anonymousId"]],
  columns: {
    ...PERSON_COLUMNS,
    ...CAMPAIGN_COLUMNS,
    orderId: ["orderid", "order", "ordernumber", "idcommande", "commande", "numerodecommande"],
    occurredAt: ["orderedat", "paidat", "createdat", "datedecommande", ...TIME_COLUMNS],
    value: ["value", "amount", "total", "revenue", "montant", "prix"],
    currency: ["currency", "devise", "monnaie"],
    channel: ["channel", "canal"],
    outcome: ["outcome", "resultat"],
  },
  usual: { name: { value: "order" } },
  lines: ({ orderId, ...row }) => {
    const number = typeof orderId === "string" ? orderId.trim() : "";
    const name = textOf(row, "name") ?? "order";
    if (number === "") throw new RowError("missing_field", "orderId: the cell is empty");
    if (typeof row["occurredAt"] !== "number") {
      throw new RowError("missing_field", "occurredAt: the cell is empty");
    }
    const properties = { ...partOf(row, "properties"), orderId: number };
    return [{ id: idOfName("order", name, number), ...row, name, properties }];
  },
};
