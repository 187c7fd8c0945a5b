/** The same count in the shapes that other products give it, as plain SQL: no times, no intervals. */

const SITE = "site_id = 'bench'";
const quoted = (name: string): string => `'${name}'`;

/** Events of the steps, each of the person who is known when asked. */
const eventsOf = (steps: readonly string[], columns: string): string => `
  SELECT ifNull(nullIf(known.person, 0), person_key) AS person, toUnixTimestamp64Milli(occurred_at) AS t, ${columns}
  FROM events
  LEFT JOIN (
    SELECT device_key, argMin(person_key, (linked_at, user_id)) AS person
    FROM identities WHERE ${SITE} GROUP BY device_key
  ) AS known ON events.person_key = known.device_key
  WHERE ${SITE} AND NOT bot AND name IN (${steps.map(quoted).join(", ")})`;

/** A JOIN for each step with those who have reached the one before, from their latest start. */
export function joinPerStep(steps: readonly string[], windowMilliseconds: number): string {
  const [first = "", ...later] = steps;
  const tables = [
    `step1 AS (${eventsOf([first], "t AS start")})`,
    ...later.map(
      (name, index) => `step${index + 2} AS (
        SELECT e.person AS person, e.t AS t, max(s.start) AS start
        FROM (${eventsOf([name], "1")}) AS e
        INNER JOIN step${index + 1} AS s ON e.person = s.person
        WHERE s.t <= e.t AND e.t - s.start <= ${windowMilliseconds}
        GROUP BY e.person, e.t)`,
    ),
  ];
  const counts = steps.map(
    (_, index) => `SELECT ${index + 1} AS step, uniqExact(person) AS people FROM step${index + 1}`,
  );
  return `WITH ${tables.join(", ")} SELECT * FROM (${counts.join(" UNION ALL ")}) ORDER BY step`;
}

/** One fold over each person's sorted events, keeping the latest start of each step. */
export function foldOverEvents(steps: readonly string[], windowMilliseconds: number): string {
  const numbers = steps.map((_, index) => index + 1).join(", ");
  return `
    SELECT step, countIf(starts[step] != 0) AS people
    FROM (
      SELECT arrayFold(
        (acc, e) -> arrayMap(
          k -> if(
            k = e.2,
            if(k = 1, e.1, if(acc[k - 1] != 0 AND e.1 - acc[k - 1] <= ${windowMilliseconds}, acc[k - 1], acc[k])),
            acc[k]),
          CAST([${numbers}], 'Array(UInt8)')),
        arraySort(groupArray((t, step))),
        CAST([${steps.map(() => 0).join(", ")}], 'Array(Int64)')) AS starts
      FROM (${eventsOf(steps, `toUInt8(indexOf([${steps.map(quoted).join(", ")}], name)) AS step`)})
      GROUP BY person
    )
    ARRAY JOIN [${numbers}] AS step
    GROUP BY step ORDER BY step`;
}
