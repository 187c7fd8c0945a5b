import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import { keyFor } from "./keys.js";
import { type Access, requestJson } from "./request.js";

export interface EraseOptions {
  user?: string | undefined;
  device?: string | undefined;
  url: string;
  /** The secret key. */
  key?: string;
  /** `--no-wait` makes it false. */
  wait?: boolean;
  json?: boolean;
}

const statusSchema = z.object({
  requestId: z.string(),
  state: z.enum(["waiting", "erasing", "clearing", "done"]),
  removed: z.record(z.string(), z.number()),
  partsLeft: z.number().optional(),
  problem: z.string().optional(),
});

type Status = z.infer<typeof statusSchema>;

/** Milliseconds between two looks. */
const PAUSE = 500;

/** `balise erase`: erases a person, and waits until nothing of them is left. */
export async function runErase(options: EraseOptions): Promise<number> {
  const { user, device, wait, json } = options;
  if (user === undefined && device === undefined) {
    throw new Error("say whom to erase: give --user, --device or both");
  }
  const access = { url: options.url, key: keyFor("secretKey", options.key) };
  const person = {
    ...(user === undefined ? {} : { userId: user }),
    ...(device === undefined ? {} : { anonymousId: device }),
  };
  const kept = statusSchema.parse(await requestJson("v1/erase", access, person));
  const status = wait === false ? kept : await waitForEnd(kept, access);
  console.log(json === true ? JSON.stringify(status) : resultLine(status));
  return 0;
}

async function waitForEnd(kept: Status, access: Access): Promise<Status> {
  let status = kept;
  let told = "";
  while (status.state !== "done") {
    const line = progressLine(status);
    if (line !== told) process.stderr.write(`${line}\n`);
    told = line;
    await delay(PAUSE);
    status = statusSchema.parse(await requestJson(`v1/erase/${kept.requestId}`, access));
  }
  return status;
}

const WORDS = {
  waiting: "waiting for what was accepted before to be inserted",
  erasing: "erasing",
  clearing: "the rows are gone; waiting for ClickHouse to remove their files",
  done: "done",
} as const;

function progressLine({ state, partsLeft, problem }: Status): string {
  const parts = partsLeft === undefined ? "" : `, ${partsLeft} parts left`;
  return `erase: ${WORDS[state]}${parts}${problem === undefined ? "" : ` (${problem})`}`;
}

function resultLine({ requestId, state, removed }: Status): string {
  if (state !== "done") {
    return `request ${requestId} is kept and will be carried out, also after a restart`;
  }
  const rows = Object.entries(removed).filter(([, count]) => count > 0);
  const told = rows.map(([table, count]) => `${count.toLocaleString("en")} of ${table}`).join(", ");
  return `erased ${told === "" ? "nothing: no row was theirs" : told} (request ${requestId})`;
}
