import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files below a folder that hold the text or the bytes. */
export function filesWith(folder: string, text: string | Buffer): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => contentOf(path).includes(text));
}

/** A process that ends may remove its files meanwhile. */
function contentOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return Buffer.of();
    throw error;
  }
}
