import type { RejectionCode } from "./types.js";

/**
 * One table of every error that the collector answers: code → HTTP status and what it means.
 * The message of an answer quotes the bad value and says what to do.
 */
export const ERRORS = {
  malformed_json: { status: 400, meaning: "The body is not JSON." },
  malformed_request: { status: 400, meaning: "The request is not HTTP as the collector reads it." },
  request_timeout: { status: 408, meaning: "The request took too long to arrive." },
  headers_too_large: { status: 431, meaning: "The headers pass the limit of the server." },
  invalid_body: { status: 400, meaning: "The body is JSON but not of the expected shape." },
  invalid_parameter: { status: 400, meaning: "A parameter of a query has a wrong type or value." },
  invalid_encoding: { status: 400, meaning: "The body cannot be decompressed." },
  unknown_key: { status: 401, meaning: "The key is missing or belongs to no site." },
  origin_not_allowed: { status: 403, meaning: "The site does not list this origin." },
  not_found: { status: 404, meaning: "There is nothing at this address." },
  method_not_allowed: { status: 405, meaning: "The address exists, not with this method." },
  conflict: { status: 409, meaning: "It would change what must stay as it is." },
  too_large: { status: 413, meaning: "The body passes the limit of bytes on the wire." },
  too_large_decompressed: { status: 413, meaning: "The body passes the limit once decompressed." },
  too_many_events: { status: 413, meaning: "The batch has too many events: split it." },
  unsupported_media_type: { status: 415, meaning: "The content type or encoding is not known." },
  too_many_requests: { status: 429, meaning: "Slow down; see Retry-After." },
  internal: { status: 500, meaning: "A fault of the collector; its log has the details." },
  busy: { status: 503, meaning: "Too many large or slow bodies at once; see Retry-After." },
  spool_full: { status: 503, meaning: "No room to keep the events; see Retry-After." },
  erasure_not_kept: {
    status: 503,
    meaning: "The request to erase could not be written to disk; see Retry-After.",
  },
  store_unavailable: { status: 503, meaning: "ClickHouse does not answer; see Retry-After." },
  stopping: { status: 503, meaning: "The collector is stopping; see Retry-After." },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** Why one event or line is refused, its neighbours being kept: code → what it means. */
export const REJECTIONS = {
  malformed_json: "The line is not JSON.",
  invalid_utf8: "It holds bytes that are not UTF-8.",
  invalid_event: "It is no object.",
  invalid_id: "The id is no UUID.",
  invalid_name: "The name is empty, too long, or holds control characters.",
  invalid_field: "A field has a wrong type or value.",
  missing_field: "A field that must be there is not.",
  missing_person: "There is neither an anonymousId nor a userId.",
  time_out_of_range: "The moment is not from 2000 to now.",
  event_too_large: "It passes the limit of bytes of an event.",
  properties_too_large: "The properties or traits pass a limit.",
  plan_violation: "The tracking plan is enforced, and the event is not as it says.",
} as const satisfies Record<RejectionCode, string>;
