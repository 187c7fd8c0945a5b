import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedStartError, OWNER_FILE, startError } from "./failure.js";

/**
 * chDB throws only "Failed to create connection" and writes the reason to stderr: this puts the two together.
 *
 * @param said what the child wrote to stderr until its end
 */
export async function diagnose(failure: unknown, said: string, dataDir: string): Promise<unknown> {
  const unclear = failure instanceof EmbeddedStartError && failure.code === "START_FAILED";
  if (!unclear || said === "") return failure;
  if (said.includes("Cannot lock file")) {
    const pid = await ownerOf(dataDir);
    return new EmbeddedStartError(
      "DATA_DIR_IN_USE",
      `${dataDir} is in use by another Balise (pid ${pid}): stop it or set BALISE_DATA_DIR.`,
      { cause: failure },
    );
  }
  const reason = said.split("\n").find((line) => line.includes("DB::Exception"));
  return startError(new Error(reason?.trim() ?? failure.message), dataDir);
}

async function ownerOf(dataDir: string): Promise<string> {
  try {
    return await readFile(join(dataDir, OWNER_FILE), "utf8");
  } catch {
    return "unknown";
  }
}
