import type { Handover } from "../options.js";
import type { Rejection } from "../wire.js";

/** What the page says to the app, as JSON text. */
export type ToApp =
  /** The page listens. Said at its start, and again with every batch that goes over HTTP. */
  | { balise: 1; type: "hello"; userAgent: string }
  /** Events to keep and to send on: `events` is the JSON text of their list of length `count`. */
  | { balise: 1; type: "batch"; id: string; writeKey?: string; count: number; events: string };

/** What the app says to the page, as an object or its JSON text; any may bring `known`. */
export type FromApp = { balise: 1; known?: Handover } & (
  | /** From now on the app takes events, if `can` holds `"batch"`; else it takes none. */
    { type: "ready"; can: string[] }
  /** What became of the batch of this id. Unless it answers for every event it is a refusal. */
  | { type: "ack"; id: string; accepted: number; rejected: AppRejection[] }
  /** `known` is who the person is. */
  | { type: "handover" }
  /** The user has logged out of the app; `known` is who goes on. */
  | { type: "reset" }
);

/** Why the event at this place of the batch will never be counted. */
export type AppRejection = Pick<Rejection, "index" | "code" | "message">;

/** The fields of a message, if it is one: nothing of it is checked. */
export interface Heard {
  balise?: unknown;
  type?: unknown;
  id?: unknown;
  can: string[];
  accepted: number;
  rejected: AppRejection[];
  /** The tag checks who it is told. */
  known?: Handover;
}

/**
 * An object or its JSON text as what it claims to be, a message or who the person is: nothing of it
 * is checked. Throws at a text that is no JSON.
 */
export function read(raw: unknown): Heard & Handover {
  return Object(typeof raw === "string" ? JSON.parse(raw) : raw);
}
