import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { StartError } from "../config.js";
import { writeDurably } from "../erase/durable.js";
import { alertSchema } from "./alert.js";

const waitingSchema = z.object({
  alert: alertSchema,
  /** Epoch milliseconds of when it was noticed. */
  since: z.number(),
  tries: z.number(),
  /** Epoch milliseconds before which it is not tried again. */
  nextAt: z.number(),
});

const stateSchema = z.object({
  /** When each rule of each site was told last, by `ruleKey`. */
  fired: z.record(z.string(), z.number()),
  waiting: z.array(waitingSchema),
});

export type Waiting = z.infer<typeof waitingSchema>;

/** What alerts remember: one file, so that an alert and its cool-down are there both or neither. */
export type AlertState = z.infer<typeof stateSchema>;

export const ruleKey = (site: string, rule: string): string => JSON.stringify([site, rule]);

export const statePath = (dataDir: string): string => join(dataDir, "alerts.json");

/** @throws StartError where the file is damaged. */
export async function readState(dataDir: string): Promise<AlertState> {
  const path = statePath(dataDir);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { fired: {}, waiting: [] };
    }
    throw error;
  }
  try {
    return stateSchema.parse(JSON.parse(text));
  } catch {
    throw new StartError(
      `${path} is damaged: it held alerts that were to be sent; remove it, and rules are told anew`,
    );
  }
}

/** Resolves once it is on disk. */
export const writeState = (dataDir: string, state: AlertState): Promise<void> =>
  writeDurably(statePath(dataDir), JSON.stringify(state));
