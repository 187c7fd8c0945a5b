import { askCollector, withheldNote } from "./ask.js";
import { type FunnelOptions, funnelParameters } from "./funnel-options.js";
import { funnelTable } from "./funnel-table.js";
import { keyFor } from "./keys.js";

/** `balise funnel page_view quote_asked subscribed --window 7d`. */
export async function runFunnel(
  steps: (string | number)[],
  options: FunnelOptions & { json?: boolean; url: string; key?: string },
): Promise<number> {
  const parameters = funnelParameters(steps, options);
  const answer = await askCollector("funnel", parameters, {
    url: options.url,
    key: keyFor("readKey", options.key),
  });
  if (options.json === true) console.log(JSON.stringify(answer.rows, null, 2));
  else
    console.log(
      `${funnelTable(answer.rows)}\n${answer.meta.elapsedMs} ms${withheldNote(answer.meta.withheld)}`,
    );
  return 0;
}
