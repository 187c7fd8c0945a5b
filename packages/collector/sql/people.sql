-- question: How many people come, and how many of them for the first time?
-- unit: a day, a week (from Monday) or a month, UTC
-- definition: People with an event in it: users where known, devices otherwise. New: their first event
--   ever at the site lies in it too; the others are returning. Wilson 95 % of the share of new people.
-- caveat: Bots are left out. People of several rows are in each of them: rows do not add up. Who cleared
--   the browser, or came before the retention, is new again.
SELECT
    {{groupKey}}
    time,
    count() AS people,
    countIf(first >= time) AS newPeople,
    people - newPeople AS returningPeople,
    {{share(newPeople, people)}} AS newShare,
    {{wilsonLow(newPeople, people)}} AS newLow,
    {{wilsonHigh(newPeople, people)}} AS newHigh
FROM
(
    SELECT
        {{groupSelect}}
        {{bucketStart(occurred_at)}} AS time,
        {{person}} AS person
    FROM {{events}}
    WHERE {{where}}
    GROUP BY {{groupKey}} time, person
) AS seen
GLOBAL INNER JOIN
(
    SELECT
        {{person}} AS person,
        min(occurred_at) AS first
    FROM {{events}}
    WHERE {{site}} AND occurred_at < {{to}} AND NOT bot
    GROUP BY person
) AS began ON seen.person = began.person
GROUP BY {{groupKey}} time
ORDER BY {{groupKey}} time
