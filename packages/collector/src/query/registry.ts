import type { Query } from "./query.js";
import { acquisition } from "./questions/acquisition.js";
import { contacts } from "./questions/contacts.js";
import { forms } from "./questions/forms.js";
import { coverage } from "./questions/coverage.js";
import { friction } from "./questions/friction.js";
import { funnels } from "./questions/funnels.js";
import { journeys } from "./questions/journeys.js";
import { live } from "./questions/live.js";
import { people } from "./questions/people.js";
import { sessions } from "./questions/sessions.js";

/** Names that are taken in ClickHouse: a question's view would stand in the place of a table. */
const TABLES: ReadonlySet<string> = new Set([
  "events",
  "feedback",
  "contacts",
  "costs",
  "customers",
  "identities",
  "rejected_events",
  "schema_migrations",
  "sessions",
]);

/** Every question by its name. */
export const QUERIES: ReadonlyMap<string, Query> = byName([
  ...funnels,
  ...sessions,
  ...forms,
  ...acquisition,
  ...contacts,
  ...coverage,
  ...people,
  ...journeys,
  ...friction,
  ...live,
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
