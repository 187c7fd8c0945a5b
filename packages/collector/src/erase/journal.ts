import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { StartError } from "../config.js";
import { syncFolder, writeDurably } from "./durable.js";
import { type Erasure, erasureSchema } from "./erasure.js";

/** The requests that are not done, one file each: what a killed process has to go on with. */
export interface Journal {
  /** Oldest first. */
  all: () => Promise<Erasure[]>;
  /** Resolves once it is on disk. */
  keep: (erasure: Erasure) => Promise<void>;
  drop: (requestId: string) => Promise<void>;
}

/** The journal in `erasures/` of the data directory, made if need be. */
export async function openJournal(dataDir: string): Promise<Journal> {
  const folder = join(dataDir, "erasures");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = (requestId: string): string => join(folder, `${requestId}.json`);
  return {
    all: async () => {
      const files = (await readdir(folder)).filter((file) => file.endsWith(".json"));
      const erasures = await Promise.all(files.map((file) => readErasure(join(folder, file))));
      return erasures.toSorted((a, b) => a.requestedAt - b.requestedAt);
    },
    keep: (erasure) => writeDurably(path(erasure.requestId), JSON.stringify(erasure)),
    drop: async (requestId) => {
      await rm(path(requestId), { force: true });
      await syncFolder(folder);
    },
  };
}

async function readErasure(path: string): Promise<Erasure> {
  try {
    return erasureSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    throw new StartError(
      `${path} is damaged: it asked to erase somebody; remove it, and ask again with balise erase`,
    );
  }
}
