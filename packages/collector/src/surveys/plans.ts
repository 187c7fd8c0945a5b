import { hash } from "node:crypto";
import type { ClickHouseClient } from "@clickhouse/client";
import type { SurveyPlan } from "@balise/schema";
import { HttpError } from "../errors.js";
import { sqlFile, statementOf } from "../query/sql-file.js";
import { rowsOf } from "../store/rows.js";
import { parsePlan } from "./plan.js";
import { unversioned } from "./versions.js";

/** A plan as it was saved. */
export interface SavedPlan {
  /** 0 of a plan that is a file, or of none. */
  revision: number;
  /** Epoch milliseconds; 0 of a file. */
  savedAt: number;
  plan: SurveyPlan;
}

export interface Plans {
  /** The plan of a site that holds; one without surveys where none was saved. */
  of: (siteId: string) => Promise<SavedPlan>;
  /** Saves the plan as the next revision. Rejects with an HttpError where it may not hold. */
  save: (siteId: string, plan: SurveyPlan) => Promise<SavedPlan>;
}

const EMPTY: SavedPlan = { revision: 0, savedAt: 0, plan: { surveys: [] } };

/** Plans in ClickHouse, but those of sites that have a file, which wins. */
export function createPlans(
  client: ClickHouseClient,
  files: ReadonlyMap<string, SurveyPlan>,
  now: () => number,
): Plans {
  const latest = statementOf(sqlFile("surveys/latest_plan"));

  const of: Plans["of"] = async (site) => {
    const file = files.get(site);
    if (file !== undefined) return { ...EMPTY, plan: file };
    const [row] = await rowsOf<{ revision: string; savedAt: string; plan: string }>(
      client,
      latest,
      {
        site,
      },
    );
    if (row === undefined) return EMPTY;
    return {
      revision: Number(row.revision),
      savedAt: Number(row.savedAt),
      plan: parsePlan(JSON.parse(row.plan)),
    };
  };

  return {
    of,
    async save(site, plan) {
      if (files.has(site)) {
        throw new HttpError(
          "conflict",
          `the surveys of site ${site} are those of a file: change it there, or unset BALISE_SURVEYS`,
        );
      }
      const before = await of(site);
      const [first] = unversioned(before.plan, plan);
      if (first !== undefined) {
        throw new HttpError(
          "conflict",
          `survey ${JSON.stringify(first)} has other words or questions than revision ${before.revision}: give it a higher version, so that its answers stay apart`,
        );
      }
      const saved: SavedPlan = { revision: before.revision + 1, savedAt: now(), plan };
      const text = JSON.stringify(plan);
      await client.insert({
        table: "survey_plans",
        values: [{ site_id: site, revision: saved.revision, saved_at: saved.savedAt, plan: text }],
        format: "JSONEachRow",
      });
      return saved;
    },
  };
}

/** A name of a text that changes with it. */
export function etagOf(text: string): string {
  return `"${hash("sha256", text, "base64url")}"`;
}
