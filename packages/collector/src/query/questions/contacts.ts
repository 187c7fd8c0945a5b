import { z } from "zod";
import { define, definePlain } from "../define.js";
import { days, eventNames, ORDERS } from "../own.js";
import { periodFields, periodOf } from "../period.js";
import { knownDevicesSql } from "../person.js";
import { sqlFile, statementOf } from "../sql-file.js";
import { render } from "../template.js";
import { counts, limit, mean, share, times } from "./columns.js";

const names = z.array(z.string().max(1024)).max(100).default([]);

const reasons = names.describe("Contacts for these reasons alone; none: for any");

export const contacts = [
  define({
    name: "contact_after",
    topic: "contacts",
    view: "bars",
    table: "events",
    parameters: {
      what: z
        .enum(["page", "form", "event"])
        .default("page")
        .describe("What came before: page views, forms that were sent, or events of any name"),
      names: names.describe("Of these names alone; none: each name"),
      days: days(7, "Days within which a contact follows"),
      reasons,
    },
    floor: { size: "people" },
    row: [
      { name: "name", kind: "dimension" },
      ...counts("people", "contacted"),
      ...share("contactRate", "contactRate", "people"),
      ...share("containment", "containment", "people"),
      ...times("medianSeconds", "p90Seconds"),
    ],
  }),
  define({
    name: "contact_resolution",
    topic: "contacts",
    view: "number",
    table: "contacts",
    parameters: {
      days: days(7, "Days within which a contact for the same reason is a repetition"),
    },
    floor: { size: "people" },
    row: [
      ...counts("contacts", "people", "resolved", "unresolved", "open"),
      ...share("resolutionRate", "resolutionRate", "contacts"),
      ...counts("firstContacts", "resolvedAtFirst"),
      ...share("firstContactResolution", "firstContactResolution", "firstContacts"),
      ...counts("ended", "reopened"),
      ...share("reopeningRate", "reopeningRate", "ended"),
      ...counts("timed"),
      ...times("medianSeconds", "p90Seconds", "medianWithOpenSeconds", "p90WithOpenSeconds"),
    ],
  }),
  define({
    name: "contact_operations",
    topic: "contacts",
    view: "table",
    table: "contacts",
    parameters: {},
    floor: { size: "people" },
    row: [
      ...counts("contacts", "people", "waited"),
      ...times("medianWaitSeconds", "p90WaitSeconds"),
      ...counts("routed", "transferred"),
      ...share("transferRate", "transferRate", "routed"),
      ...counts("talked"),
      ...times("medianTalkSeconds", "p90TalkSeconds"),
      ...mean("meanTalkSeconds", "talked"),
    ],
  }),
  define({
    name: "contacts_per_customer",
    topic: "contacts",
    view: "bars",
    table: "customers",
    parameters: {
      split: z
        .enum(["none", "reason", "channel"])
        .default("none")
        .describe("Contacts of each reason or channel in a row of their own"),
      reasons,
    },
    floor: { size: "customers" },
    row: [
      { name: "split", kind: "dimension" },
      ...counts("customers", "contacts"),
      ...mean("contactsPerCustomer", "customers"),
      ...counts("contacting"),
      ...share("contactingShare", "contactingShare", "customers"),
    ],
  }),
  define({
    name: "complaint_rate",
    topic: "contacts",
    view: "number",
    table: "contacts",
    parameters: {
      reasons: z
        .array(z.string().max(1024))
        .min(1)
        .max(100)
        .default(["complaint"])
        .describe("Reasons of a contact that make it a complaint"),
      orders: eventNames(ORDERS, "Events that are orders"),
    },
    floor: { size: "people" },
    row: [
      ...counts("complaints", "people", "customers"),
      ...mean("perThousandCustomers", "customers"),
      ...counts("orders"),
      ...mean("perThousandOrders", "orders"),
    ],
  }),
  define({
    name: "channel_switches",
    topic: "contacts",
    view: "matrix",
    table: "events",
    parameters: { days: days(7, "Days within which a next touch follows") },
    floor: { size: "people" },
    row: [
      { name: "fromChannel", kind: "dimension" },
      { name: "toChannel", kind: "dimension" },
      ...counts("moves", "people", "touches"),
      { name: "share", kind: "share", low: "low", high: "high", n: "touches" },
      { name: "low", kind: "bound" },
      { name: "high", kind: "bound" },
      ...times("medianSeconds"),
    ],
  }),
  definePlain({
    name: "quiet_accounts",
    topic: "contacts",
    view: "table",
    parameters: z.strictObject({
      to: periodFields.to.describe("The moment that is asked about: now, if not given"),
      days: days(30, "Days without a sign"),
      limit,
    }),
    statement: ({ to, days: quiet, limit }, site, { now }) => ({
      sql: render(statementOf(sqlFile("quiet_accounts")), {
        knownDevices: knownDevicesSql("site_id = {site:String}"),
      }),
      params: { site, days: quiet, limit, to: to === undefined ? now() : periodOf({ to }).to },
    }),
    row: [
      { name: "account", kind: "dimension" },
      ...counts("customers", "people"),
      { name: "lastSeen", kind: "moment", measured: true, nullable: true },
      { name: "daysQuiet", kind: "number", nullable: true },
    ],
  }),
];
