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
    cell.1 AS people,
    cell.2 AS pageViews,
    if({goal:String} = '', NULL, cell.3) AS converted,
    {{share(cell.3, if({goal:String} = '', 0, cell.1))}} AS conversion,
    {{wilsonLow(cell.3, if({goal:String} = '', 0, cell.1))}} AS conversionLow,
    {{wilsonHigh(cell.3, if({goal:String} = '', 0, cell.1))}} AS conversionHigh,
    cell.4 AS sessions,
    cell.5 AS bounces,
    {{share(bounces, sessions)}} AS bounceRate,
    {{wilsonLow(bounces, sessions)}} AS bounceLow,
    {{wilsonHigh(bounces, sessions)}} AS bounceHigh,
    if(sessions = 0, NULL, cell.6) AS pagesPerSession,
    {{meanLow(pagesPerSession, cell.7, sessions)}} AS pagesLow,
    {{meanHigh(pagesPerSession, cell.7, sessions)}} AS pagesHigh,
    cell.8 AS timed,
    if(timed = 0, NULL, cell.9) AS meanSeconds,
    {{meanLow(meanSeconds, cell.10, timed)}} AS meanSecondsLow,
    {{meanHigh(meanSeconds, cell.10, timed)}} AS meanSecondsHigh
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
                (sum(c1), sum(c2), sum(c3), sum(c4), sum(c5), sum(c6), sum(c7), sum(c8), sum(c9), sum(c10)) AS cells,
                {{bucketAfter(max(start) OVER (), 1)}} AS afterLast
            FROM
            (
                SELECT
                    {{groupKey}}
                    start,
                    count() AS c1,
                    sum(views) AS c2,
                    countIf(reached) AS c3,
                    0 AS c4,
                    0 AS c5,
                    0. AS c6,
                    0. AS c7,
                    0 AS c8,
                    0. AS c9,
                    0. AS c10
                FROM
                (
                    SELECT
                        {{groupSelect}}
                        {{bucketStart(occurred_at)}} AS start,
                        {{person}} AS person,
                        uniqExactIf(id, name = 'page_view') AS views,
                        countIf(name = {goal:String}) > 0 AS reached
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
                    SELECT
                        session_id,
                        {{groupFirst}}
                        min(occurred_at) AS started,
                        uniqExactIf(id, name = 'page_view') AS pages,
                        {{bounced(pages, name)}} AS bounced,
                        {{visibleSeconds(id, name)}} AS seconds
                    FROM {{events}}
                    WHERE {{site}}
                        AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
                        -- A session lasts 24 hours at most: one that started before is told from one that starts.
                        AND occurred_at >= {{from}} - INTERVAL 1 DAY
                        AND occurred_at < {{to}} + INTERVAL 1 DAY
                        AND NOT bot
                    GROUP BY session_id
                    HAVING started >= {{from}} AND started < {{to}} AND argMin({{filters}}, (occurred_at, id))
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
