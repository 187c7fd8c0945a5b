import { resolve } from "node:path";
import type { ClickHouseClient } from "@clickhouse/client";
import type { FastifyBaseLogger } from "fastify";
import { type Settings, StartError } from "../config.js";
import { ask } from "../query/ask.js";
import { QUERIES } from "../query/registry.js";
import type { Site } from "../sites.js";
import { readRules } from "./file.js";
import { Watch } from "./watch.js";

/**
 * The watch over the rules that the settings name, if they do.
 * @throws StartError for rules that cannot be used.
 */
export async function openWatch({
  settings,
  dataDir,
  sites,
  client,
  log,
}: {
  settings: Settings;
  dataDir: string;
  sites: readonly Site[];
  client: ClickHouseClient;
  log: FastifyBaseLogger;
}): Promise<Watch | undefined> {
  const { BALISE_ALERTS: path, BALISE_ALERTS_URL: url, BALISE_ALERTS_SECRET: secret } = settings;
  if (path === undefined || url === undefined || secret === undefined) return undefined;
  const rules = await readRules(resolve(path));
  const ids = sites.map(({ id }) => id);
  for (const { name, site } of rules) {
    if (site !== undefined && !ids.includes(site)) {
      throw new StartError(
        `BALISE_ALERTS=${path}: the rule ${JSON.stringify(name)} watches the site ${JSON.stringify(site)}; there are ${ids.join(", ")}`,
      );
    }
  }
  return Watch.open({
    dataDir,
    rules,
    sites: ids,
    webhook: { url, secret },
    interval: settings.BALISE_ALERTS_SECONDS * 1000,
    ask: (site) => async (question, input) => {
      const query = QUERIES.get(question);
      if (query === undefined) return [];
      return (await ask(client, query, input, site, { minGroup: settings.BALISE_MIN_GROUP })).rows;
    },
    log,
  });
}
