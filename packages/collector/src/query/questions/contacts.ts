import { z } from "zod";
import { define } from "../define.js";
import { counts, meanColumns, shareColumns, times } from "../measures.js";

const days = (usual: number, what: string) => z.int().min(1).max(366).default(usual).describe(what);

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
      ...shareColumns("contactRate", "people"),
      ...shareColumns("containment", "people"),
      ...times("medianSeconds", "p90Seconds"),
    ],
  }),
  define({
    name: "contact_resolution",
    topic: "contacts",
    view: "number",
    table: "contacts",
    parameters: { days: days(7, "Days within which a contact for the same reason is a repetition") },
    floor: { size: "people" },
    row: [
      ...counts("contacts", "people", "resolved", "unresolved", "open"),
      ...shareColumns("resolutionRate", "contacts"),
      ...counts("firstContacts", "resolvedAtFirst"),
      ...shareColumns("firstContactResolution", "firstContacts"),
      ...counts("ended", "reopened"),
      ...shareColumns("reopeningRate", "ended"),
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
      ...shareColumns("transferRate", "routed"),
      ...counts("talked"),
      ...times("medianTalkSeconds", "p90TalkSeconds"),
      ...meanColumns("meanTalkSeconds", "talked"),
    ],
  }),
];
