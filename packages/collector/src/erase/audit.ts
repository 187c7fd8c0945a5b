import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { appendDurably } from "./durable.js";
import type { Erasure } from "./erasure.js";

const lineSchema = z.object({
  requestId: z.string(),
  site: z.string(),
  requestedAt: z.string(),
  doneAt: z.string(),
  by: z.array(z.string()),
  removed: z.record(z.string(), z.number()),
  damagedFiles: z.number(),
});

/** What is kept of an erasure: that it was done, when and how much; never whose, nor a hash of it. */
export type AuditLine = z.infer<typeof lineSchema>;

export interface Audit {
  /** Adds a line; one that is there already, written before a crash, is not repeated. */
  add: (erasure: Erasure, doneAt: number) => Promise<void>;
  find: (site: string, requestId: string) => Promise<AuditLine | undefined>;
}

/** `erasures.log` of the data directory: a JSON line each, only added to. */
export function openAudit(dataDir: string): Audit {
  const path = join(dataDir, "erasures.log");
  const find: Audit["find"] = async (site, requestId) =>
    (await linesOf(path)).find((line) => line.requestId === requestId && line.site === site);
  return {
    find,
    add: async (erasure, doneAt) => {
      const { requestId, siteId: site, by, removed, damagedFiles } = erasure;
      if ((await find(site, requestId)) !== undefined) return;
      const line: AuditLine = {
        requestId,
        site,
        requestedAt: new Date(erasure.requestedAt).toISOString(),
        doneAt: new Date(doneAt).toISOString(),
        by,
        removed,
        damagedFiles,
      };
      await appendDurably(path, JSON.stringify(line));
    },
  };
}

async function linesOf(path: string): Promise<AuditLine[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => {
    const parsed = lineSchema.safeParse(parseOrNothing(line));
    return parsed.success ? [parsed.data] : [];
  });
}

/** A line torn by a crash is passed over: its request is still in the journal. */
function parseOrNothing(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
