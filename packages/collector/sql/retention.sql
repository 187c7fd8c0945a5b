-- question: Of the people who first came in a period, how many come back in the next ones?
-- unit: a cohort: the people whose first event ever lies in a day, a week (from Monday) or a month, UTC
-- definition: Period 0 is the cohort's own, where everybody is there; in period n those are there who have
--   an event in the n-th one after it: any, or one of the name `event`. The share is of the whole cohort
--   (Wilson 95 %). Filters and groups look at the person's first event ever.
-- caveat: Bots are left out. The last period of a cohort may not have ended yet. Who cleared the browser,
--   or came before the retention of data, is somebody new.
SELECT
    {{groupKey}}
    toDate(start) AS cohort,
    period,
    size AS cohortSize,
    there[period + 1] AS people,
    {{share(people, cohortSize)}} AS retention,
    {{wilsonLow(people, cohortSize)}} AS retentionLow,
    {{wilsonHigh(people, cohortSize)}} AS retentionHigh
FROM
(
    SELECT
        {{groupKey}}
        start,
        count() AS size,
        sumForEach(arrayMap(n -> toUInt64(n = 0 OR has(offsets, n)), range(toUInt32({periods:UInt8} + 1)))) AS there,
        max(max(latest)) OVER () AS end
    FROM
    (
        SELECT
            {{person}} AS person,
            {{groupFirst}}
            min(occurred_at) AS first,
            max(occurred_at) AS latest,
            {{bucketStart(first)}} AS start,
            arrayMap(seen -> {{bucketsBetween(start, seen)}}, groupUniqArrayIf({{bucketStart(occurred_at)}}, {event:String} IN ('', name))) AS offsets
        FROM {{events}}
        WHERE {{site}} AND occurred_at < {{to}} AND NOT bot
        GROUP BY person
        HAVING first >= {{from}} AND argMin({{filters}}, (occurred_at, id))
    )
    GROUP BY {{groupKey}} start
)
ARRAY JOIN range(toUInt32(least({periods:UInt8}, {{bucketsBetween(start, end)}}) + 1)) AS period
ORDER BY {{groupKey}} cohort, period
