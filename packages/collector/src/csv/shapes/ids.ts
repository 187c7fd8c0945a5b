import { createHash } from "node:crypto";
import { uuidV7, uuidV8 } from "../../sender/uuid.js";

export function hash(...parts: string[]): Buffer {
  return createHash("sha256").update(parts.join("\0")).digest();
}

/** The same id for the same words, whatever the moment: for what has a name of its own elsewhere. */
export function idOfName(...words: string[]): string {
  return uuidV8(hash(...words));
}

/** The same id for the same words and moment. */
export function idAt(time: number, ...words: string[]): string {
  return uuidV7(time, hash(...words));
}
