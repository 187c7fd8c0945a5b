import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { LIMITS } from "@balise/schema";
import { HttpError } from "../errors.js";

const unzip = promisify(gunzip);

export interface Body {
  json: unknown;
  /** The bytes were not all UTF-8; what was not is a replacement character now. */
  damagedText: boolean;
}

/** The JSON of a body. */
export function readJson(plain: Buffer): Body {
  const damagedText = !isUtf8(plain);
  try {
    const json: unknown = JSON.parse(plain.toString("utf8"));
    return { json, damagedText };
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 120) : "";
    throw new HttpError("malformed_json", `the body is not JSON: ${why.toWellFormed()}`);
  }
}

/** The content encoding of a body; undefined for none. */
export function encodingOf(header: string | undefined): string | undefined {
  const encoding = header?.trim().toLowerCase();
  return encoding === "" || encoding === "identity" ? undefined : encoding;
}

/** The bytes of a compressed body; decompression stops at the limit. */
export async function decompress(bytes: Buffer, encoding: string): Promise<Buffer> {
  if (encoding !== "gzip") {
    throw new HttpError(
      "unsupported_media_type",
      `Content-Encoding ${encoding.slice(0, 40)} is not known: send gzip or none`,
    );
  }
  try {
    return await unzip(bytes, { maxOutputLength: LIMITS.batchBytes });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE") {
      throw new HttpError(
        "too_large_decompressed",
        `the body is larger than ${LIMITS.batchBytes} bytes once decompressed: split the batch`,
      );
    }
    throw new HttpError("invalid_encoding", "the body is not valid gzip");
  }
}
