import type { Site } from "../sites.js";
import type { Visitor } from "./visitor.js";

/** Where events come from and how: what all events of a request share. */
export interface Origin {
  site: Site;
  source: "batch" | "import" | "pixel";
  visitor: Visitor;
  /** The channel of an event that names none. */
  defaultChannel: string;
  /** The sender's clock when it sent, epoch milliseconds. */
  sentAt?: number | null | undefined;
  /** The body was not valid UTF-8: what holds a replacement character is not what was sent. */
  damagedText?: boolean;
}
