/**
 * Every question over ten million events of half a million people: as its example asks, for a month of
 * six weeks, alone and by device where its table has devices. `BENCH_EVENTS` makes it smaller,
 * `BENCH_QUESTIONS` (names between commas) shorter. Past two seconds a question's caveat says why.
 */
import { z } from "zod";
import { ask } from "../packages/collector/dist/query/ask.js";
import type { Query } from "../packages/collector/dist/query/query.js";
import { QUERIES } from "../packages/collector/dist/query/registry.js";
import { EVENTS, fillSite, PEOPLE, PERIOD } from "./queries-data.js";
import { median, printMachine, rounded, timed, withStore } from "./support.js";

const ROUNDS = 3;
const SLOW_MS = 2000;

const chosen = process.env["BENCH_QUESTIONS"]?.split(",");
const questions = [...QUERIES.values()].filter(({ name }) => chosen?.includes(name) ?? true);

/** The example for the period, as far as the question has one. */
const inputOf = (query: Query): Record<string, unknown> => {
  const accepts = (input: object): boolean => query.parameters.safeParse(input).success;
  const input = { ...query.example, ...PERIOD };
  return accepts(input) ? input : { ...query.example };
};

printMachine();
await withStore(async (client) => {
  console.log(`filling ${rounded(EVENTS)} events of ${rounded(PEOPLE)} people`);
  await fillSite(client);
  console.log(`medians of ${ROUNDS}\n`);
  console.log(
    `${"question".padEnd(32)} ${"ms".padStart(7)} ${"by device".padStart(10)} ${"rows".padStart(7)} ${"rows read".padStart(12)}`,
  );
  for (const query of questions) {
    const plain = inputOf(query);
    const byDevice = { ...plain, breakdown: "device" };
    let rows = 0;
    let read = 0;
    const once = (input: object) => (): Promise<number> =>
      timed(async () => {
        const answer = await ask(client, query, input, "bench", { minGroup: 1 });
        rows = answer.rows.length;
        read = answer.meta.rowsRead;
      });
    const medianOf = async (input: object): Promise<number> => {
      const taken: number[] = [];
      for (let round = 0; round < ROUNDS; round++) taken.push(await once(input)());
      return median(taken);
    };
    const grouped = await medianOf(byDevice).catch((error: unknown) => {
      if (error instanceof z.ZodError) return undefined;
      throw error;
    });
    const alone = await medianOf(plain);
    const slow = alone > SLOW_MS ? `  more than two seconds: ${query.caveat}` : "";
    console.log(
      `${query.name.padEnd(32)} ${rounded(alone).padStart(7)} ${(grouped === undefined ? "–" : rounded(grouped)).padStart(10)} ${rounded(rows).padStart(7)} ${rounded(read).padStart(12)}${slow}`,
    );
  }
});
