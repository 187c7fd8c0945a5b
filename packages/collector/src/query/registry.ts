import type { Query } from "./query.js";
import { acquisition } from "./questions/acquisition.js";
import { beforeLowScores } from "./questions/before-low-scores.js";
import { annotations } from "./questions/annotations.js";
import { beforeAfter } from "./questions/before-after.js";
import { contacts } from "./questions/contacts.js";
import { coverage } from "./questions/coverage.js";
import { followUps } from "./questions/follow-ups.js";
import { forms } from "./questions/forms.js";
import { friction } from "./questions/friction.js";
import { funnels } from "./questions/funnels.js";
import { journeys } from "./questions/journeys.js";
import { live } from "./questions/live.js";
import { scores } from "./questions/scores.js";
import { surveys } from "./questions/surveys.js";
import { verbatims } from "./questions/verbatims.js";
import { people } from "./questions/people.js";
import { sessions } from "./questions/sessions.js";
import { targets } from "./questions/targets.js";

/** Names that are taken in ClickHouse: a question's view would stand in the place of a table. */
const TABLES: ReadonlySet<string> = new Set([
  "annotations",
  "events",
  "feedback",
  "contacts",
  "costs",
  "customers",
  "follow_up_steps",
  "identities",
  "rejected_events",
  "schema_migrations",
  "sessions",
  "survey_plans",
]);

const find = (name: string): Query | undefined => QUERIES.get(name);

/** Every question by its name. */
export const QUERIES: ReadonlyMap<string, Query> = byName([
  ...funnels,
  ...sessions,
  ...forms,
  ...acquisition,
  ...contacts,
  ...scores,
  ...surveys,
  ...verbatims,
  ...beforeLowScores,
  ...followUps,
  ...coverage,
  ...people,
  ...journeys,
  ...friction,
  ...live,
  ...annotations,
  ...beforeAfter(find),
  ...targets(find),
]);

function byName(queries: readonly Query[]): Map<string, Query> {
  const known = new Map<string, Query>();
  for (const query of queries) {
    if (known.has(query.name)) throw new Error(`two questions are named ${query.name}`);
    for (const { name } of query.sqlViews(undefined)) {
      if (TABLES.has(name)) throw new Error(`${name} is a table: name the question otherwise`);
    }
    known.set(query.name, query);
  }
  return known;
}
