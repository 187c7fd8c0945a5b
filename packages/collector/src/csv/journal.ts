import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { readPlace, removePlace, writePlace } from "./place.js";
import { Rejects, type Reject } from "./rejects.js";
import type { Report } from "./report.js";

/**
 * What an import leaves on disk as it goes: its place, so that one that was cut off goes on where the
 * collector's last answer left it, and what was refused. Nothing but the rejects is left at its end.
 */
export interface Journal {
  /** What the import that was cut off had done: zero entries, where there was none. */
  readonly begun: { entries: number; digest: string; report: Report };
  header: (cells: readonly string[], delimiter: string) => void;
  reject: (reject: Reject) => void;
  /** Everything before this place is with the collector, or among the rejects. */
  save: (entries: number, digest: string, report: Report) => Promise<void>;
  end: () => Promise<void>;
}

export interface JournalOptions {
  placePath: string;
  rejectsPath: string;
  url: string;
  secretKey: string;
  /** Leaves alone what an earlier import has done. */
  anew?: boolean;
}

export async function openJournal(options: JournalOptions): Promise<Journal> {
  const { placePath, rejectsPath, url, secretKey, anew = false } = options;
  // The key itself is written nowhere.
  const target = createHash("sha256").update(`${url}\0${secretKey}`).digest("hex");
  const found = anew ? undefined : await readPlace(placePath);
  const there = await sizeOf(rejectsPath);
  const whole = found?.target === target && found.rejectedBytes <= there;
  const place = whole ? found : undefined;
  const rejects = new Rejects(rejectsPath);
  await rejects.begin(place?.rejectedBytes ?? 0);
  return {
    begun: {
      entries: place?.entries ?? 0,
      digest: place?.digest ?? "",
      report: {
        accepted: place?.accepted ?? 0,
        rejected: place?.rejected ?? 0,
        byCode: new Map(place?.byCode),
      },
    },
    header: (cells, delimiter) => rejects.header(cells, delimiter),
    reject: (reject) => rejects.add(reject),
    save: async (entries, digest, { accepted, rejected, byCode }) => {
      await rejects.save();
      const rejectedBytes = rejects.bytes;
      const counts = { accepted, rejected, byCode: [...byCode] };
      await writePlace(placePath, { target, entries, digest, rejectedBytes, ...counts });
    },
    end: () => removePlace(placePath),
  };
}

/** 0 where there is no file. */
async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}
