import type { Cast } from "./cast.js";
import type { Ledger } from "./ledger.js";
import type { Store } from "./store.js";
import { personOf, stepOf } from "./story.js";

/** One table against the ledger. */
export interface TableVerdict {
  table: string;
  promised: number;
  stored: number;
  /** Promised and not stored. */
  lost: number;
  /** Stored and never sent. */
  strange: number;
  /** Sent once and stored more than once. */
  twice: number;
  /** Rows more than events, of those that senders sent again. */
  copies: number;
  /** Some of the ids that are wrong. */
  samples: string[];
}

const EVENT_TABLES = {
  events: (event: number) => stepOf(event).bad !== true,
  feedback: (event: number) => stepOf(event).carries === "feedback",
  contacts: (event: number) => stepOf(event).carries === "contact",
  rejected_events: (event: number) => stepOf(event).bad === true,
} as const;

const MOST_SAMPLES = 5;

/** Compares every table with the ledger, as sets and as numbers of rows. */
export async function judgeTables(
  store: Store,
  ledger: Ledger,
  cast: Cast,
): Promise<{ verdicts: TableVerdict[]; stored: Uint8Array; linked: Set<string> }> {
  const verdicts: TableVerdict[] = [];
  let stored = new Uint8Array();
  for (const [table, belongs] of Object.entries(EVENT_TABLES)) {
    const rows = new Uint8Array(ledger.size);
    const verdict = blank(table);
    await store.lines(`SELECT toString(id), count() FROM ${table} GROUP BY 1`, (line) => {
      const [id = "", count = ""] = line.split("\t");
      const event = cast.numberOf(id);
      if (event === undefined || !ledger.wasSent(event) || !belongs(event)) {
        return wrong(verdict, "strange", id);
      }
      rows[event] = Math.min(255, Number(count));
    });
    for (let event = 0; event < ledger.size; event++)
      judgeEvent(verdict, ledger, event, rows, belongs);
    if (table === "events") stored = rows;
    verdicts.push(verdict);
  }
  const { verdict, linked } = await judgeIdentities(store, ledger, cast);
  return { verdicts: [...verdicts, verdict], stored, linked };
}

function judgeEvent(
  verdict: TableVerdict,
  ledger: Ledger,
  event: number,
  rows: Uint8Array,
  belongs: (event: number) => boolean,
): void {
  if (!belongs(event)) return;
  const count = rows[event] ?? 0;
  if (count > 0) verdict.stored += 1;
  if (ledger.wasPromised(event)) {
    verdict.promised += 1;
    if (count === 0) wrong(verdict, "lost", String(event));
  }
  if (count > 1) {
    if (ledger.wasSentAgain(event)) verdict.copies += count - 1;
    else wrong(verdict, "twice", String(event));
  }
}

/** The pairs of device and user; rows of a pair may be several, merged by their minimum. */
async function judgeIdentities(
  store: Store,
  ledger: Ledger,
  cast: Cast,
): Promise<{ verdict: TableVerdict; linked: Set<string> }> {
  const verdict = blank("identities");
  const linked = new Set<string>();
  await store.lines(
    "SELECT toString(anonymous_id), user_id FROM identities GROUP BY 1, 2",
    (line) => linked.add(line.replace("\t", " ")),
  );
  verdict.stored = linked.size;
  const promised = new Set<string>();
  const sent = new Set<string>();
  for (let event = 0; event < ledger.size; event++) {
    const step = stepOf(event);
    if (step.user !== true || !ledger.wasSent(event)) continue;
    const person = personOf(event);
    const pair = `${cast.device(person, step.device)} ${cast.user(person)}`;
    sent.add(pair);
    if (ledger.wasPromised(event)) promised.add(pair);
  }
  verdict.promised = promised.size;
  for (const pair of promised) if (!linked.has(pair)) wrong(verdict, "lost", pair);
  for (const pair of linked) if (!sent.has(pair)) wrong(verdict, "strange", pair);
  return { verdict, linked };
}

function blank(table: string): TableVerdict {
  return { table, promised: 0, stored: 0, lost: 0, strange: 0, twice: 0, copies: 0, samples: [] };
}

function wrong(verdict: TableVerdict, kind: "lost" | "strange" | "twice", what: string): void {
  verdict[kind] += 1;
  if (verdict.samples.length < MOST_SAMPLES) verdict.samples.push(`${kind}: ${what}`);
}
