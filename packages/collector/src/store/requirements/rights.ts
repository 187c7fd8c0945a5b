import type { ClickHouseClient } from "@clickhouse/client";
import { failure, type Finding, ok } from "../../finding.js";

/** What our user must be allowed on the database, and what for. */
const RIGHTS: Readonly<Record<string, string>> = {
  INSERT: "to store events",
  SELECT: "to answer questions",
  "CREATE TABLE": "for migrations",
  "CREATE VIEW": "for migrations",
  "DROP VIEW": "to make the views anew",
  "ALTER TABLE": "for migrations, retention and erasure",
};

/** The rights of our user on its database. */
export async function checkRights(
  client: ClickHouseClient,
  rights: Readonly<Record<string, string>> = RIGHTS,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [right, purpose] of Object.entries(rights)) {
    if (await isGranted(client, right)) continue;
    const todo = `GRANT ${right} on the database to our ClickHouse user: it is needed ${purpose}`;
    findings.push(failure("rights of our user", `${right} is missing`, todo));
  }
  return findings.length > 0
    ? findings
    : [ok("rights of our user", Object.keys(rights).join(", "))];
}

async function isGranted(client: ClickHouseClient, right: string): Promise<boolean> {
  const { stream } = await client.exec({ query: `CHECK GRANT ${right} ON *` });
  let answer = "";
  for await (const bytes of stream) answer += String(bytes);
  return answer.trim() === "1";
}
