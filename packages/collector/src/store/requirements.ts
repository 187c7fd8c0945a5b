import { type ClickHouseClient, ClickHouseError } from "@clickhouse/client";
import type { FastifyBaseLogger } from "fastify";
import { StartError } from "../config.js";
import { explain } from "../explain.js";
import { type Finding, warning } from "../finding.js";
import { checkStoreClock } from "./requirements/clock.js";
import { checkDeduplication } from "./requirements/deduplication.js";
import { checkDisks } from "./requirements/disks.js";
import { checkProfile } from "./requirements/profile.js";
import { checkRights } from "./requirements/rights.js";
import { checkTables } from "./requirements/tables.js";
import { checkVersion } from "./requirements/version.js";

type Check = (client: ClickHouseClient) => Promise<Finding[]>;

/** Whose failure makes it impossible to store every event, once: better no start than wrong numbers. */
const VITAL: readonly Check[] = [checkVersion, checkProfile, checkDeduplication, checkTables];

const OTHER: readonly Check[] = [checkRights, checkStoreClock, checkDisks];

/** What exactly-once and durability need of a ClickHouse, checked on the one that answers. */
export async function checkRequirements(client: ClickHouseClient): Promise<Finding[]> {
  return [...(await run(VITAL, client)), ...(await run(OTHER, client))];
}

/**
 * Logs what is missing, each with what to do, unless it is among what was told already.
 * @throws StartError for what makes exactly-once impossible.
 */
export async function requireAll(
  client: ClickHouseClient,
  log: FastifyBaseLogger,
  told = new Set<string>(),
): Promise<void> {
  const vital = await run(VITAL, client);
  for (const finding of [...vital, ...(await run(OTHER, client))]) {
    // What a check found may be another number each time.
    const what = `${finding.check}: ${finding.todo}`;
    if (told.has(what)) continue;
    told.add(what);
    if (finding.level === "warning") log.warn({ todo: finding.todo }, lineOf(finding));
    if (finding.level === "failure") log.error({ todo: finding.todo }, lineOf(finding));
  }
  const [fatal] = vital.filter(({ level }) => level === "failure");
  if (fatal !== undefined) {
    throw new StartError(
      `ClickHouse cannot keep every event once: ${lineOf(fatal)}; ${fatal.todo}`,
    );
  }
}

const lineOf = ({ check, is }: Finding): string => `${check}: ${is}`;

async function run(checks: readonly Check[], client: ClickHouseClient): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) findings.push(...(await unlessRefused(check, client)));
  return findings;
}

/** What our user may not look at cannot be checked; a ClickHouse that is away is another matter. */
async function unlessRefused(check: Check, client: ClickHouseClient): Promise<Finding[]> {
  try {
    return await check(client);
  } catch (error) {
    if (!(error instanceof ClickHouseError)) throw error;
    const todo = "GRANT SELECT ON system.* to our ClickHouse user, or look yourself";
    return [
      warning("requirements", `not all could be checked: ${explain(error).slice(0, 200)}`, todo),
    ];
  }
}
