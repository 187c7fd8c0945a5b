import { askCollector, listQueries, withheldNote } from "./ask.js";
import { keyFor } from "./keys.js";
import { type SharedOptions, sharedParameters } from "./shared-options.js";
import { formatTable } from "./table.js";

export interface QueryOptions extends SharedOptions {
  params: string;
  json?: boolean;
  url: string;
  key?: string;
}

/** `balise query NAME`. */
export async function runQuery(name: string, options: QueryOptions): Promise<number> {
  const access = { url: options.url, key: keyFor("readKey", options.key) };
  if (name === "list") {
    console.log(
      formatTable(
        (await listQueries(access)).map(({ name: query, question }) => ({ query, question })),
      ),
    );
    return 0;
  }
  const answer = await askCollector(name, parametersOf(options), access);
  console.log(
    options.json === true
      ? JSON.stringify(answer.rows, null, 2)
      : formatTable(answer.rows) + withheldNote(answer.meta.withheld),
  );
  return 0;
}

/** Those of `--params`, and beside them those that have an option of their own. */
function parametersOf(options: QueryOptions): Record<string, unknown> {
  return { ...readParams(options.params), ...sharedParameters(options) };
}

function readParams(text: string): object {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`--params ${text} is not JSON`);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new Error(`--params ${text} is not a JSON object`);
}
