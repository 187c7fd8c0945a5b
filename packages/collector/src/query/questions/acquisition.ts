import { z } from "zod";
import { define } from "../define.js";
import { days, eventName, eventNames, ORDERS } from "../own.js";
import { counts, mean, share } from "./columns.js";

const attribution = z
  .enum(["first", "last"])
  .default("first")
  .describe("Whether the first touch ever counts, or the last before what is counted");

export const acquisition = [
  define({
    name: "acquisition",
    topic: "acquisition",
    view: "table",
    table: "events",
    parameters: {
      level: z
        .enum(["channel", "campaign"])
        .default("channel")
        .describe("A row for each channel, or for each campaign of a channel"),
      attribution,
      goal: eventNames(ORDERS, "Events that make a person a customer"),
      currency: z
        .string()
        .regex(/^([A-Z]{3})?$/, { error: "is not three capital letters (ISO 4217)" })
        .default("")
        .describe("Costs in this currency alone; empty: any"),
    },
    floor: { size: "people" },
    row: [
      { name: "channel", kind: "dimension" },
      { name: "campaign", kind: "dimension" },
      ...counts("people", "converted"),
      ...share("conversion", "conversion", "people"),
      ...counts("newCustomers", "impressions", "clicks"),
      ...share("clickThroughRate", "clickThroughRate", "impressions"),
      { name: "currency", kind: "dimension", measured: true },
      { name: "cost", kind: "money", currency: "currency", nullable: true },
      { name: "costPerClick", kind: "money", currency: "currency", nullable: true },
      { name: "acquisitionCost", kind: "money", currency: "currency", nullable: true },
    ],
  }),
  define({
    name: "basket_by_channel",
    topic: "acquisition",
    view: "bars",
    table: "events",
    parameters: { attribution, orders: eventNames(ORDERS, "Events that are orders") },
    floor: { size: "people" },
    row: [
      { name: "channel", kind: "dimension" },
      { name: "currency", kind: "dimension" },
      ...counts("orders", "people"),
      ...mean("basket", "orders"),
      { name: "medianBasket", kind: "money", currency: "currency" },
      { name: "revenue", kind: "money", currency: "currency" },
    ],
  }),
  define({
    name: "trial_churn_by_channel",
    topic: "acquisition",
    view: "bars",
    table: "events",
    parameters: {
      attribution,
      trial: eventName("trial_started", "The event with which a trial begins"),
      converted: eventNames(["subscribed"], "Events of those who stay"),
      days: days(30, "Days from the beginning of a trial to its end"),
    },
    floor: { size: "trials" },
    row: [
      { name: "channel", kind: "dimension" },
      ...counts("trials", "stayed", "churned"),
      ...share("churn", "churn", "trials"),
    ],
  }),
  define({
    name: "onboarding_contacts_by_channel",
    topic: "acquisition",
    view: "bars",
    table: "events",
    parameters: {
      attribution,
      start: eventNames(["subscribed"], "Events with which somebody begins as a customer"),
      days: days(30, "Days that beginning takes"),
    },
    floor: { size: "people" },
    row: [
      { name: "channel", kind: "dimension" },
      ...counts("people", "contacts"),
      ...mean("contactsPerCustomer", "people"),
      ...counts("contacting"),
      ...share("contactingShare", "contactingShare", "people"),
    ],
  }),
  define({
    name: "messages",
    topic: "acquisition",
    view: "table",
    table: "events",
    parameters: { days: days(30, "Days within which a message is opened or clicked") },
    floor: { size: "people" },
    row: [
      { name: "channel", kind: "dimension" },
      { name: "campaign", kind: "dimension" },
      ...counts("sent", "people", "opened"),
      ...share("openRate", "openRate", "sent"),
      ...counts("clicked"),
      ...share("clickRate", "clickRate", "sent"),
      ...share("clickToOpen", "clickToOpen", "opened"),
    ],
  }),
];
