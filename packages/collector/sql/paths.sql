-- question: Which ways lead to a goal, or on from a step?
-- unit: a session that has the event in the period
-- definition: From the first event of the name `event` (on `page`, if one is named) the last `length` pages
--   or events of its session before it, or the first ones after it, in their order; the same one again and
--   again is one. Pages are page views; events leave out those that tell of time and of the page itself
--   (visible_time, scroll_depth, web_vital). The share is of all such sessions (Wilson 95 %). Filters and
--   groups look at that event.
-- caveat: Bots are left out. Events of one millisecond stand in the order of their ids. A path is shorter
--   where a session begins or ends, and empty where nothing is there.
SELECT
    {{groupKey}}
    arrayStringConcat(steps, ' → ') AS path,
    count() AS sessions,
    uniqExact(person) AS people,
    sum(sessions) OVER (PARTITION BY {{groupKey}} 1) AS ofSessions,
    {{share(sessions, ofSessions)}} AS share,
    {{wilsonLow(sessions, ofSessions)}} AS shareLow,
    {{wilsonHigh(sessions, ofSessions)}} AS shareHigh
FROM
(
    WITH
        if(page_name != '', page_name, page_path) AS place,
        name = {event:String} AND {page:String} IN ('', place) AND {{period}} AND {{filters}} AS hit
    SELECT
        session_id,
        minIf((occurred_at, id), hit) AS event,
        argMinIf({{person}}, (occurred_at, id), hit) AS person,
        argMinIf({{groupField}}, (occurred_at, id), hit) AS `group`,
        arraySort(groupUniqArrayIf(
            (occurred_at, id, if({what:String} = 'page', place, toString(name))),
            if({what:String} = 'page', name = 'page_view', name NOT IN ('visible_time', 'scroll_depth', 'web_vital'))
        )) AS all,
        if(
            {direction:String} = 'before',
            arraySlice(arrayCompact(arrayFilter(e -> (e.1, e.2) < event, all).3), -{length:Int32}),
            arraySlice(arrayCompact(arrayFilter(e -> (e.1, e.2) > event, all).3), 1, {length:Int32})
        ) AS steps
    FROM {{events}}
    WHERE {{site}}
        -- A session lasts 24 hours at most.
        AND occurred_at >= {{from}} - INTERVAL 1 DAY
        AND occurred_at < {{to}} + INTERVAL 1 DAY
        AND NOT bot
        AND session_id GLOBAL IN (
            SELECT session_id
            FROM events
            WHERE {{site}} AND name = {event:String} AND {{period}} AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
        )
    GROUP BY session_id
    HAVING countIf(hit) > 0
)
GROUP BY {{groupKey}} steps
ORDER BY {{groupKey}} sessions DESC, path
LIMIT {limit:UInt32}
