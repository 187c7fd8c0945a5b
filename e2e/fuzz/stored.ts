import { setTimeout as pause } from "node:timers/promises";
import { sql } from "../support/ask.js";
import type { Collector } from "../support/collector.js";
import type { Ledger } from "./ledger.js";
import type { Tally } from "./tally.js";

/** Looks at the tables, half a second apart, before what is missing counts as lost. */
const LOOKS = 120;

/** Compares the tables with the ledger: what was acknowledged is stored, and nothing else. */
export async function judgeStored(
  collector: Collector,
  ledger: Ledger,
  tally: Tally,
): Promise<number> {
  let stored = new Set<string>();
  for (let look = 0; look < LOOKS; look++) {
    stored = new Set((await ask<{ id: string }>(collector, IDS)).map(({ id }) => id));
    if ([...ledger.acknowledged].every((id) => stored.has(id))) break;
    await pause(500);
  }
  const lost = [...ledger.acknowledged].filter((id) => !stored.has(id));
  if (lost.length > 0) tally.complain("end", `${lost.length} acknowledged ids are not stored`);
  const strange = [...stored].filter(
    (id) => !ledger.acknowledged.has(id) && !ledger.unanswered.has(id),
  );
  if (strange.length > 0) {
    tally.complain("end", `${strange.length} ids are stored that were refused: ${strange[0]}`);
  }
  await judgeRejected(collector, ledger, tally);
  return stored.size;
}

async function judgeRejected(collector: Collector, ledger: Ledger, tally: Tally): Promise<void> {
  const rows = await ask<{ code: string; n: string }>(collector, REJECTED);
  const kept = new Map(rows.map(({ code, n }) => [code, Number(n)]));
  for (const code of new Set([...kept.keys(), ...ledger.rejected.keys()])) {
    const [told = 0, found = 0] = [ledger.rejected.get(code), kept.get(code)];
    if (told !== found)
      tally.complain("end", `${told} events were rejected as ${code}, ${found} are kept as that`);
  }
}

const IDS = "SELECT DISTINCT toString(id) AS id FROM events";
const REJECTED = "SELECT code, toString(count()) AS n FROM rejected_events GROUP BY code";

function ask<Row>(collector: Collector, query: string): Promise<Row[]> {
  return sql<Row>(collector, query, "default", collector.keys.embeddedPassword);
}
