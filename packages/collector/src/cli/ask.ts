import { z } from "zod";
import { type Access, requestJson } from "./request.js";

const answerSchema = z.object({
  rows: z.array(z.record(z.string(), z.unknown())),
  meta: z.object({ elapsedMs: z.number(), withheld: z.number() }),
});
const listSchema = z.object({
  queries: z.array(z.object({ name: z.string(), question: z.string() })),
});

/** Asks the collector over HTTP; a refusal becomes an error with the collector's own words. */
export async function askCollector(
  name: string,
  params: unknown,
  options: Access,
): Promise<z.infer<typeof answerSchema>> {
  return answerSchema.parse(
    await requestJson(`v1/query/${encodeURIComponent(name)}`, options, params),
  );
}

/** The collector's list of questions. */
export async function listQueries(options: Access): Promise<{ name: string; question: string }[]> {
  return listSchema.parse(await requestJson("v1/query", options)).queries;
}

/** What to say below a table of which groups are left out; nothing when none are. */
export const withheldNote = (withheld: number): string =>
  withheld === 0
    ? ""
    : `\n${withheld} ${withheld === 1 ? "group is" : "groups are"} too small to be shown (BALISE_MIN_GROUP)`;
