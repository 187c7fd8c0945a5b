import type { ClickHouseClient } from "@clickhouse/client";
import type { SurveyPlan } from "@balise/schema";
import { sqlFile, statementOf } from "../query/sql-file.js";
import { rowsOf } from "../store/rows.js";

interface Displays {
  surveyId: string;
  day: number;
  week: number;
  month: number;
}

/** The surveys of a plan that were displayed as often as their quota allows. */
export async function reachedQuotas(
  client: ClickHouseClient,
  siteId: string,
  { surveys }: SurveyPlan,
  now: number,
): Promise<Set<string>> {
  const limited = surveys.filter(({ quota, on }) => quota !== undefined && on !== false);
  if (limited.length === 0) return new Set();
  const rows = await rowsOf<Displays>(client, statementOf(sqlFile("surveys/displays")), {
    site: siteId,
    now,
    surveys: limited.map(({ id }) => id),
  });
  const displays = new Map(rows.map((row) => [row.surveyId, row]));
  return new Set(
    limited
      .filter(({ id, quota }) => quota && (displays.get(id)?.[quota.per] ?? 0) >= quota.displays)
      .map(({ id }) => id),
  );
}
