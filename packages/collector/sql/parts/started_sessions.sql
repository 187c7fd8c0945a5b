-- The sessions that started in the period, with what became of each; filters and groups look at the
-- first event.
SELECT
    session_id,
    {{groupFirst}}
    argMin({{person}}, (occurred_at, id)) AS person,
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
