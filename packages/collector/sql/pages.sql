-- question: Which pages are seen, where do visits begin and end, and for how long is each in view?
-- unit: a page: its name where the team gave one, else its path
-- definition: Of the sessions that started in the period. Entries and exits are the first and the last
--   page view of a session; the exit rate is exits over views of the page (Wilson 95 %), and peopleLost
--   the people of its exits, by which rows are ranked. Seconds are its visible_time over its views.
--   Filters and groups look at the session's first page view.
-- caveat: Bots are left out. A last page is not always a loss: the page that thanks for an order is one.
SELECT
    {{groupKey}}
    page,
    sum(view) AS views,
    uniqExactIf(person, view = 1) AS people,
    sum(entry) AS entries,
    sum(exit) AS exits,
    uniqExactIf(person, exit = 1) AS peopleLost,
    {{share(exits, views)}} AS exitRate,
    {{wilsonLow(exits, views)}} AS exitLow,
    {{wilsonHigh(exits, views)}} AS exitHigh,
    if(countIf(seconds > 0) = 0, NULL, sum(seconds) / views) AS secondsPerView
FROM
(
    SELECT
        {{groupKey}}
        person,
        arrayJoin(arrayConcat(
            arrayMap((v, place) -> (v.3, 1, toUInt8(place = 1), toUInt8(place = length(views)), 0.), views, arrayEnumerate(views)),
            arrayMap(t -> (t.2, 0, 0, 0, t.3), times)
        )) AS row,
        row.1 AS page,
        row.2 AS view,
        row.3 AS entry,
        row.4 AS exit,
        row.5 AS seconds
    FROM
    (
        WITH if(page_name != '', page_name, page_path) AS place
        SELECT
            session_id,
            {{groupFirst}}
            argMin({{person}}, (occurred_at, id)) AS person,
            min(occurred_at) AS started,
            arraySort(groupUniqArrayIf((occurred_at, id, place), name = 'page_view')) AS views,
            -- Copies of an event that are not merged yet have its time again.
            groupUniqArrayIf((id, place, ifNull(toFloat64OrNull(toString(properties.seconds)), 0)), name = 'visible_time') AS times
        FROM {{events}}
        WHERE {{site}}
            AND name IN ('page_view', 'visible_time')
            AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
            -- A session lasts 24 hours at most: one that started before is told from one that starts.
            AND occurred_at >= {{from}} - INTERVAL 1 DAY
            AND occurred_at < {{to}} + INTERVAL 1 DAY
            AND NOT bot
        GROUP BY session_id
        HAVING started >= {{from}} AND started < {{to}} AND argMin({{filters}}, (occurred_at, id))
    )
)
GROUP BY {{groupKey}} page
HAVING views > 0
ORDER BY {{groupKey}} peopleLost DESC, views DESC, page
LIMIT {limit:UInt32}
