import { type Exposure, exposureSchema, LIMITS } from "@balise/schema";
import type { ClickHouseClient } from "@clickhouse/client";
import { sqlFile, statementOf } from "../query/sql-file.js";

/** Whose displays: the user where the browser knows one. */
export interface Whose {
  anonymousId: string;
  userId?: string | undefined;
}

/** More than any person is shown, were every cap as loose as can be written. */
const MOST = 200;

const DAY = 86_400_000;

/** Seconds that ClickHouse may work on it: a browser waits no longer. */
const MAX_SECONDS = 2;

/** What the person was shown, latest first. What others sent in the name of the person may be of any shape, and is passed over. */
export async function exposuresOf(
  client: ClickHouseClient,
  siteId: string,
  { anonymousId, userId = "" }: Whose,
  now: number,
): Promise<Exposure[]> {
  const result = await client.query({
    query: statementOf(sqlFile("surveys/exposures")),
    query_params: {
      site: siteId,
      anonymousId,
      userId,
      since: now - LIMITS.surveyDays * DAY,
      most: MOST,
    },
    format: "JSONEachRow",
    clickhouse_settings: {
      max_execution_time: MAX_SECONDS,
      output_format_json_quote_64bit_integers: 0,
    },
  });
  const rows = await result.json<{ dismissed: number }>();
  return rows.flatMap((row) => {
    const { data } = exposureSchema.safeParse({ ...row, dismissed: Boolean(row.dismissed) });
    return data === undefined ? [] : [data];
  });
}
