import { z } from "zod";
import { define, definePlain } from "../define.js";
import { sqlFile, statementOf } from "../sql-file.js";

const WEEK = 7 * 86_400_000;

export const live = [
  define({
    name: "event_names",
    topic: "live",
    view: "table",
    table: "events",
    parameters: {},
    floor: { size: "people" },
    row: [
      { name: "name", kind: "dimension" },
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
      { name: "firstSeen", kind: "moment", measured: true },
      { name: "lastSeen", kind: "moment", measured: true },
    ],
  }),
  definePlain({
    name: "live_events",
    topic: "live",
    view: "table",
    parameters: z.strictObject({
      limit: z.int().min(1).max(200).default(50),
      after: z.int().min(0).optional().describe("Epoch milliseconds: only what was received later"),
    }),
    statement: (input, site, { now }) => ({
      sql: statementOf(sqlFile("live_events")),
      params: { site, limit: input.limit, after: Math.max(input.after ?? 0, now() - WEEK) },
    }),
    row: [
      { name: "id", kind: "dimension" },
      { name: "name", kind: "dimension" },
      { name: "receivedAt", kind: "moment" },
      { name: "occurredAt", kind: "moment" },
      { name: "person", kind: "dimension" },
      { name: "known", kind: "flag" },
      { name: "channel", kind: "dimension" },
      { name: "acquisitionChannel", kind: "dimension" },
      { name: "area", kind: "dimension" },
      { name: "device", kind: "dimension" },
      { name: "browser", kind: "dimension" },
      { name: "os", kind: "dimension" },
      { name: "page", kind: "dimension" },
      { name: "outcome", kind: "dimension" },
      { name: "value", kind: "number", nullable: true },
      { name: "currency", kind: "dimension" },
      { name: "bot", kind: "flag" },
      { name: "properties", kind: "object" },
    ],
  }),
  define({
    name: "activity",
    topic: "live",
    view: "line",
    table: "events",
    parameters: { bucket: z.enum(["hour", "day"]).default("day") },
    floor: { size: "people", per: ["group"] },
    row: [
      { name: "time", kind: "moment" },
      { name: "events", kind: "count" },
      { name: "people", kind: "count" },
    ],
  }),
];
