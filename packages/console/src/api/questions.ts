import { bounded } from "./bounded.js";
import type { Column, Row } from "./column.js";
import { questionsOf, type Question } from "./question.js";
import { createRequest } from "./request.js";
import type { Meta } from "./types.js";

export interface AnyAnswer {
  rows: Row[];
  /** The columns of these rows: those of a breakdown and a comparison are among them. */
  meta: Meta & { columns: Column[] };
}

/** The collector's questions as it lists them, and the way to ask any of them. */
export interface Questions {
  list: (signal?: AbortSignal) => Promise<Question[]>;
  ask: (name: string, parameters: object, signal?: AbortSignal) => Promise<AnyAnswer>;
}

/** A page has a dozen of them: more at once would only wait for each other in ClickHouse. */
const AT_ONCE = 3;

export function createQuestions(key: string, fetch: typeof globalThis.fetch): Questions {
  const request = createRequest(key, fetch);
  const inTurn = bounded(AT_ONCE);
  return {
    list: async (signal) =>
      questionsOf(await request("v1/query", isListing, "{queries}", undefined, signal)),
    ask: (name, parameters, signal) =>
      inTurn(
        () => request(`v1/query/${name}`, isAnyAnswer, "{rows, meta}", parameters, signal),
        signal,
      ),
  };
}

function isListing(body: unknown): body is { queries: unknown[] } {
  return isRecord(body) && Array.isArray(body["queries"]);
}

function isAnyAnswer(body: unknown): body is AnyAnswer {
  return (
    isRecord(body) &&
    Array.isArray(body["rows"]) &&
    isRecord(body["meta"]) &&
    Array.isArray(body["meta"]["columns"])
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
