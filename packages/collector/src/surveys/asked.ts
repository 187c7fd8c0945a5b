import { HttpError } from "../errors.js";

/** Seconds after which a ClickHouse that does not answer may be asked again. */
const RETRY = 10;

/** What ClickHouse answers; whatever keeps it from answering passes, and is told so. */
export async function asked<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    throw new HttpError("store_unavailable", "ClickHouse does not answer: ask again", RETRY);
  }
}
