import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";

/**
 * Removes the files of harmed segments of which the bytes hold one of the texts. Their whole records
 * are in ClickHouse; what else they hold nobody could read.
 * @returns how many were removed.
 */
export async function removeDamaged(spoolDir: string, texts: readonly string[]): Promise<number> {
  const files = (await readdir(spoolDir)).filter((file) => file.endsWith(".damaged"));
  let removed = 0;
  for (const file of files) {
    const path = join(spoolDir, file);
    const bytes = await readFile(path);
    if (!texts.some((text) => bytes.includes(text))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}
