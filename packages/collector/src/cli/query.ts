import { askCollector, listQueries } from "./ask.js";
import { keyFor } from "./keys.js";
import { formatTable } from "./table.js";

export interface QueryOptions {
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
  const answer = await askCollector(name, parameters(options.params), access);
  console.log(
    options.json === true ? JSON.stringify(answer.rows, null, 2) : formatTable(answer.rows),
  );
  return 0;
}

function parameters(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`--params ${text} is not JSON`);
  }
}
