-- question: How do people, page views, visits and conversion go over time?
-- unit: an hour, a day, a week (from Monday) or a month, UTC
-- definition: People and page views are of the events in it; converted are the people with an event of the
--   name `goal` in it, and conversion is their share of its people (Wilson 95 %), told where a goal is
--   named. Sessions are those that started in it: bounce rate, pages and time are of these, as
--   sessions_summary says (Wilson, Student 95 %). Filters and groups look at the event, of a session at
--   its first one. A row is there from the first one of a group to the last one of all, with zeros
--   where nothing happened, unless these make more than 50,000 rows.
-- caveat: Bots are left out. People of several rows are in each of them: rows do not add up. The first
--   and the last row may be of a part of their time. Scores and contacts over time are their own
--   questions, broken down by hour, day, week or month.
SELECT
    {{groupKey}}
    {{bucketAfter(start, place)}} AS time,
    cell.people AS people,
    cell.pageViews AS pageViews,
    if({goal:String} = '', NULL, cell.reached) AS converted,
    {{share(cell.reached, if({goal:String} = '', 0, cell.people))}} AS conversion,
    {{wilsonLow(cell.reached, if({goal:String} = '', 0, cell.people))}} AS conversionLow,
    {{wilsonHigh(cell.reached, if({goal:String} = '', 0, cell.people))}} AS conversionHigh,
    cell.sessions AS sessions,
    cell.bounces AS bounces,
    {{share(bounces, sessions)}} AS bounceRate,
    {{wilsonLow(bounces, sessions)}} AS bounceLow,
    {{wilsonHigh(bounces, sessions)}} AS bounceHigh,
    if(sessions = 0, NULL, cell.pages) AS pagesPerSession,
    {{meanLow(pagesPerSession, cell.pagesDeviation, sessions)}} AS pagesLow,
    {{meanHigh(pagesPerSession, cell.pagesDeviation, sessions)}} AS pagesHigh,
    cell.timed AS timed,
    if(timed = 0, NULL, cell.seconds) AS meanSeconds,
    {{meanLow(meanSeconds, cell.secondsDeviation, timed)}} AS meanSecondsLow,
    {{meanHigh(meanSeconds, cell.secondsDeviation, timed)}} AS meanSecondsHigh
FROM
(
    SELECT
        *,
        sum(gap) OVER () AS rows
    FROM
    (
        SELECT
            *,
            leadInFrame(start, 1, afterLast) OVER (PARTITION BY {{groupKey}} 1 ORDER BY start ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS next,
            {{bucketsBetween(start, next)}} AS gap
        FROM
        (
            SELECT
                {{groupKey}}
                start,
                -- Each is of one of the two halves, which has one row of a group and a start.
                CAST((sum(people), sum(pageViews), sum(reached), sum(sessions), sum(bounces), sum(pages), sum(pagesDeviation), sum(timed), sum(seconds), sum(secondsDeviation)),
                    'Tuple(people UInt64, pageViews UInt64, reached UInt64, sessions UInt64, bounces UInt64, pages Float64, pagesDeviation Float64, timed UInt64, seconds Float64, secondsDeviation Float64)') AS cells,
                {{bucketAfter(max(start) OVER (), 1)}} AS afterLast
            FROM
            (
                SELECT
                    {{groupKey}}
                    start,
                    count() AS people,
                    sum(views) AS pageViews,
                    countIf(converted) AS reached,
                    0 AS sessions,
                    0 AS bounces,
                    0. AS pages,
                    0. AS pagesDeviation,
                    0 AS timed,
                    0. AS seconds,
                    0. AS secondsDeviation
                FROM
                (
                    SELECT
                        {{groupSelect}}
                        {{bucketStart(occurred_at)}} AS start,
                        {{person}} AS person,
                        uniqExactIf(id, name = 'page_view') AS views,
                        countIf(name = {goal:String}) > 0 AS converted
                    FROM {{events}}
                    WHERE {{where}}
                    GROUP BY {{groupKey}} start, person
                )
                GROUP BY {{groupKey}} start
                UNION ALL
                SELECT
                    {{groupKey}}
                    {{bucketStart(started)}} AS start,
                    0,
                    0,
                    0,
                    count(),
                    countIf(bounced),
                    avg(pages),
                    if(count() = 1, 0, stddevSamp(pages)),
                    countIf(seconds > 0) AS timed,
                    if(timed = 0, 0, avgIf(seconds, seconds > 0)),
                    if(timed < 2, 0, stddevSampIf(seconds, seconds > 0))
                FROM
                (
                    {{parts/started_sessions}}
                )
                GROUP BY {{groupKey}} start
            )
            GROUP BY {{groupKey}} start
        )
    )
)
ARRAY JOIN
    arrayResize([cells], if(rows <= 50000, gap, 1)) AS cell,
    range(if(rows <= 50000, gap, 1)) AS place
ORDER BY {{groupKey}} time
