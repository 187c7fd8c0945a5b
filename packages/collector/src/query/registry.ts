import { z } from "zod";
import { buildCoverage, coverageSchema } from "./coverage.js";
import { buildFunnel } from "./funnel/build.js";
import { buildFunnelNext, buildFunnelPeople } from "./funnel/drop-off.js";
import { funnelNextSchema, funnelPeopleSchema, funnelSchema } from "./funnel/schema.js";
import { periodFields, periodOf } from "./period.js";
import { knownDevicesSql, personSql } from "./person.js";
import type { Known, Query, Statement } from "./query.js";
import { headerOf, render, sqlFile, statementOf } from "./template.js";

interface Definition<T extends z.ZodType> {
  name: string;
  parameters: T;
  build: (input: z.output<T>, siteId: string, known: Known) => Statement;
  /** Columns that hold moments: shown as ISO 8601. */
  moments?: readonly string[];
}

function define<T extends z.ZodType>(definition: Definition<T>): Query {
  const text = sqlFile(definition.name);
  return {
    name: definition.name,
    question: headerOf(text, "question"),
    unit: headerOf(text, "unit"),
    definition: headerOf(text, "definition"),
    caveat: headerOf(text, "caveat"),
    parameters: definition.parameters,
    build: (input, siteId, known = {}) =>
      definition.build(definition.parameters.parse(input), siteId, known),
    row: (row) => {
      for (const column of definition.moments ?? []) row[column] = isoMoment(row[column]);
      return row;
    },
  };
}

/** ClickHouse writes `2026-01-31 12:00:00.000`, UTC. */
function isoMoment(value: unknown): unknown {
  return typeof value === "string" ? `${value.replace(" ", "T")}Z` : value;
}

const WEEK = 7 * 86_400_000;

/** The statement of a file; who uses which device is put in where it is asked. */
const fromFile = (name: string, params: Statement["params"]): Statement => ({
  sql: render(statementOf(sqlFile(name)), {
    knownDevices: knownDevicesSql("site_id = {site:String}"),
    person: personSql("person_key"),
  }),
  params,
});

export const QUERIES: ReadonlyMap<string, Query> = new Map(
  [
    define({ name: "funnel", parameters: funnelSchema, build: buildFunnel }),
    define({
      name: "funnel_people",
      parameters: funnelPeopleSchema,
      build: buildFunnelPeople,
      moments: ["at"],
    }),
    define({ name: "funnel_next", parameters: funnelNextSchema, build: buildFunnelNext }),
    define({
      name: "event_names",
      parameters: z.strictObject(periodFields),
      build: (input, site) => fromFile("event_names", { site, ...periodOf(input) }),
      moments: ["firstSeen", "lastSeen"],
    }),
    define({
      name: "live_events",
      parameters: z.strictObject({
        limit: z.int().min(1).max(200).default(50),
        after: z
          .int()
          .min(0)
          .optional()
          .describe("Epoch milliseconds: only what was received later"),
      }),
      build: (input, site) =>
        fromFile("live_events", {
          site,
          limit: input.limit,
          after: Math.max(input.after ?? 0, Date.now() - WEEK),
        }),
      moments: ["receivedAt", "occurredAt"],
    }),
    define({
      name: "coverage",
      parameters: coverageSchema,
      build: buildCoverage,
      moments: ["lastSeen"],
    }),
    define({
      name: "event_properties",
      parameters: z.strictObject(periodFields),
      build: (input, site) => fromFile("event_properties", { site, ...periodOf(input) }),
    }),
    define({
      name: "activity",
      parameters: z.strictObject({
        ...periodFields,
        bucket: z.enum(["hour", "day"]).default("day"),
      }),
      build: (input, site) =>
        fromFile("activity", { site, bucket: input.bucket, ...periodOf(input) }),
      moments: ["time"],
    }),
  ].map((query) => [query.name, query]),
);
