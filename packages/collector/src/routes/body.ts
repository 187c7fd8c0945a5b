import { isUtf8 } from "node:buffer";
import { describe, LIMITS } from "@balise/schema";
import { HttpError } from "../errors.js";
import { printable } from "../printable.js";
import { nestsDeeper } from "./depth.js";
import { inflate } from "./inflate.js";

export interface Body {
  json: unknown;
  /** The bytes were not all UTF-8; what was not is a replacement character now. */
  damagedText: boolean;
}

/** Objects and arrays of a body within each other: V8 would spend 60 bytes on each. */
const MAX_DEPTH = 65_536;

/** The JSON of a body. */
export function readJson(plain: Buffer): Body {
  if (nestsDeeper(plain, MAX_DEPTH)) {
    throw new HttpError("malformed_json", `the body nests deeper than ${MAX_DEPTH}: flatten it`);
  }
  const damagedText = !isUtf8(plain);
  try {
    const json: unknown = JSON.parse(plain.toString("utf8"));
    return { json, damagedText };
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "";
    throw new HttpError("malformed_json", `the body is not JSON: ${printable(why.toWellFormed())}`);
  }
}

/**
 * The encoding of a body, undefined for none: what its `Content-Encoding` says, and without one gzip
 * where it begins so, as no JSON does. A browser would ask first whether it may send that header.
 */
export function encodingOf(header: string | undefined, body: Buffer): string | undefined {
  const encoding = header?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") return encoding;
  return body[0] === 0x1f && body[1] === 0x8b ? "gzip" : undefined;
}

/**
 * The bytes of a compressed body. `onBeginning` sees the first of them before the others are
 * inflated; what it throws ends the work.
 */
export async function decompress(
  bytes: Buffer,
  encoding: string,
  onBeginning: (bytes: Buffer) => void | Promise<void>,
): Promise<Buffer> {
  if (encoding === "gzip") return inflate(bytes, LIMITS.batchBytes, onBeginning);
  throw new HttpError(
    "unsupported_media_type",
    `Content-Encoding ${describe(encoding)} is not known: send gzip or none`,
  );
}
