import { readFile, rm } from "node:fs/promises";
import { z } from "zod";
import { writeDurably } from "../erase/durable.js";

const placeSchema = z.object({
  /** Whom it is sent to: an import begun with another collector or site is not gone on with. */
  target: z.string(),
  /** Entries that the collector has answered for, or that gave nothing to send. */
  entries: z.int().min(0),
  /** Of all these: where the file gives others now, the place is none of it. */
  digest: z.string(),
  rejectedBytes: z.int().min(0),
  accepted: z.int().min(0),
  rejected: z.int().min(0),
  byCode: z.array(
    z.tuple([
      z.string(),
      z.object({
        count: z.int(),
        first: z.array(z.object({ line: z.int(), message: z.string() })),
      }),
    ]),
  ),
});

/** How far an import has come. */
export type Place = z.infer<typeof placeSchema>;

/** The place of an import that was cut off; undefined where there is none that can be read. */
export async function readPlace(path: string): Promise<Place | undefined> {
  try {
    const parsed = placeSchema.safeParse(JSON.parse(await readFile(path, "utf8")));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export async function writePlace(path: string, place: Place): Promise<void> {
  await writeDurably(path, `${JSON.stringify(place)}\n`);
}

export async function removePlace(path: string): Promise<void> {
  await rm(path, { force: true });
}
