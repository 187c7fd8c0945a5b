import type { z } from "zod";
import { eventSchema, schemaFor } from "./event.js";
import type { Event, Rejection, RejectionCode } from "./types.js";

export type ParsedEvent =
  | { ok: true; event: Event; unknownFields: number }
  | { ok: false; rejection: Omit<Rejection, "index"> };

const KNOWN_FIELDS: ReadonlySet<string> = new Set(Object.keys(eventSchema.shape));

/**
 * One event of a batch. Unknown top-level fields are left out and counted: a newer tag must
 * never lose events to an older collector. A field that is `null` counts as absent.
 */
export function parseEvent(input: unknown): ParsedEvent {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    return refuse(null, "invalid_event", `an event must be an object, not ${describe(input)}`);
  }
  const { candidate, unknownFields } = candidateOf(input, KNOWN_FIELDS);
  const id = typeof candidate["id"] === "string" ? candidate["id"].slice(0, 64) : null;
  const result = schemaFor(candidate["name"]).safeParse(candidate);
  if (!result.success) {
    return refuse(id, ...reasonOf(result.error, candidate));
  }
  if (result.data.anonymousId === undefined && result.data.userId === undefined) {
    return refuse(id, "missing_person", "an event needs an anonymousId or a userId");
  }
  return { ok: true, event: result.data, unknownFields };
}

/** The known fields of an object that are not null, and how many others it has. */
export function candidateOf(
  input: object,
  known: ReadonlySet<string>,
): { candidate: Record<string, unknown>; unknownFields: number } {
  const candidate: Record<string, unknown> = {};
  let unknownFields = 0;
  for (const [field, value] of Object.entries(input)) {
    if (!known.has(field)) unknownFields++;
    else if (value !== null) candidate[field] = value;
  }
  return { candidate, unknownFields };
}

/** The code and the message for the first thing that is wrong. */
export function reasonOf(error: z.ZodError, candidate: object): [RejectionCode, string] {
  const issue = error.issues[0];
  if (issue === undefined) return ["invalid_event", "is not valid"];
  return [codeOf(issue, candidate), messageOf(issue, candidate)];
}

function refuse(id: string | null, code: RejectionCode, message: string): ParsedEvent {
  return { ok: false, rejection: { id, code, message } };
}

function codeOf(issue: z.core.$ZodIssue, input: object): RejectionCode {
  if (issue.code === "custom" && issue.params?.["code"] === "properties_too_large") {
    return "properties_too_large";
  }
  if (valueAt(input, issue.path) === undefined) return "missing_field";
  if (issue.path.length === 1 && issue.path[0] === "id") return "invalid_id";
  if (issue.path.length === 1 && issue.path[0] === "name") return "invalid_name";
  return "invalid_field";
}

function messageOf(issue: z.core.$ZodIssue, input: object): string {
  return `${issue.path.join(".")}: ${issue.message} (got ${describe(valueAt(input, issue.path))})`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = input;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step))
      return undefined;
    value = Reflect.get(value, step);
  }
  return value;
}

/** A short, printable form of any value, for messages. */
export function describe(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
