import { ERRORS, type ErrorCode } from "@balise/schema";
import { createDocument, type ZodOpenApiPathItemObject } from "zod-openapi";
import { z } from "zod";
import { rowSchema } from "./columns.js";
import { conditionOf } from "./conditions.js";
import { fieldNameOf, TABLES } from "./fields.js";
import type { Query } from "./query.js";

type Document = ReturnType<typeof createDocument>;

/** What a question may answer but rows. */
const REFUSALS: readonly ErrorCode[] = [
  "malformed_json",
  "invalid_parameter",
  "unknown_key",
  "too_large",
  "unsupported_media_type",
  "too_many_requests",
  "store_unavailable",
];

const metaSchema = z
  .object({
    sql: z.string().describe("The statement that was asked"),
    params: z.record(z.string(), z.unknown()).describe("The values of its {name:Type} parameters"),
    elapsedMs: z.number(),
    rowsRead: z.number(),
    withheld: z.int().describe("Groups of fewer people than BALISE_MIN_GROUP, which are not shown"),
    columns: z
      .array(z.looseObject({ name: z.string(), kind: z.string() }))
      .describe("What the columns of the rows are, those of a breakdown and a comparison included"),
  })
  .meta({ id: "Meta" });

const errorSchema = z
  .object({ error: z.object({ code: z.string(), message: z.string() }) })
  .meta({ id: "Error" });

/** The questions as an OpenAPI document, made of the definitions that answer them. */
export function openapiOf(queries: Iterable<Query>, version: string, basePath: string): Document {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Balise: questions",
      version,
      description: "Each question is defined in one place for HTTP, SQL and the console.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: basePath === "" ? "/" : basePath }],
    security: [{ readKey: [] }],
    components: {
      schemas: Object.fromEntries(
        TABLES.flatMap((table) => [
          [`${table}_field`, fieldNameOf(table)],
          [`${table}_condition`, conditionOf(table)],
        ]),
      ),
      securitySchemes: {
        readKey: { type: "http", scheme: "bearer", description: "The read key of a site" },
      },
    },
    paths: Object.fromEntries(
      [...queries].map((query) => [`/v1/query/${query.name}`, pathOf(query)]),
    ),
  });
}

function pathOf(query: Query): ZodOpenApiPathItemObject {
  return {
    post: {
      operationId: query.name,
      tags: [query.topic],
      summary: query.question,
      description: descriptionOf(query),
      requestBody: {
        content: { "application/json": { schema: query.parameters, example: query.example } },
      },
      responses: {
        "200": {
          description: `Rows; each is ${query.unit}`,
          content: {
            "application/json": {
              schema: z.object({ rows: z.array(rowOf(query)), meta: metaSchema }),
            },
          },
        },
        ...refusals(),
      },
    },
  };
}

/** A breakdown and a comparison add columns. */
const rowOf = ({ row }: Query): z.ZodType =>
  z.unknown().meta({ override: { ...rowSchema(row), additionalProperties: true } });

const descriptionOf = ({ definition, caveat, parameters }: Query): string =>
  [
    definition,
    caveat,
    ...(takes(parameters, "breakdown")
      ? [
          "With `breakdown`, a row begins with `group`; with `compare`, columns of the other side follow.",
        ]
      : []),
  ].join("\n\n");

const takes = (parameters: z.ZodType, name: string): boolean =>
  parameters instanceof z.ZodObject && name in parameters.shape;

function refusals(): Record<`${1 | 2 | 3 | 4 | 5}${string}`, object> {
  const statuses = new Set(REFUSALS.map((code) => ERRORS[code].status));
  return Object.fromEntries(
    [...statuses].map((status) => [
      String(status),
      {
        description: REFUSALS.filter((code) => ERRORS[code].status === status)
          .map((code) => `\`${code}\`: ${ERRORS[code].meaning}`)
          .join(" "),
        content: { "application/json": { schema: errorSchema } },
      },
    ]),
  );
}
