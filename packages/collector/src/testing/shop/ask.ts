import type { Answer } from "../../query/ask.js";
import { askStore, explained } from "../question.js";
import type { TestStore } from "../store.js";

const JANUARY = { from: "2026-01-01", to: "2026-01-31" };

/** Asks a question about January. */
export async function askShop(
  store: TestStore,
  name: string,
  input: object = {},
  { site = "default", minGroup = 1 }: { site?: string; minGroup?: number } = {},
): Promise<Answer> {
  return askStore(store, name, { ...JANUARY, ...input }, { minGroup }, site);
}

/** Which parts and keys an answer reads. */
export const readsOf = (store: TestStore, answer: Answer): Promise<string> =>
  explained(store, answer.meta, "indexes = 1");

/** The columns that an answer reads of its tables. */
export async function columnsOf(store: TestStore, answer: Answer): Promise<string[]> {
  const plan = await explained(store, answer.meta, "header = 1, actions = 0");
  const names = plan.matchAll(/(?:Header:|│)\s+(\w+(?:\.\w+)*) \S/g);
  return [...new Set([...names].flatMap(([, name]) => name ?? []))];
}
