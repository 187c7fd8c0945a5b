-- Every form that somebody began to fill in, once a session: what is sent again after a mistake, or
-- begun again on another page, is the same filling in. Without a session the person's day (UTC) stands for it.
SELECT
    ifNull(toString(properties.form), '') AS form,
    {{groupFirst}}
    argMin({{person}}, (occurred_at, id)) AS person,
    min(occurred_at) AS started,
    countIf(name = 'form_submit') > 0 AS done,
    argMinIf(toFloat64OrNull(toString(properties.seconds)), (occurred_at, id), name = 'form_submit') AS seconds,
    argMaxIf(toString(properties.field), (occurred_at, id), isNotNull(properties.field)) AS lastField
FROM {{events}}
WHERE {{site}}
    AND name IN ('form_start', 'form_submit', 'form_abandon')
    -- A session lasts 24 hours at most: what began before is told from what begins.
    AND occurred_at >= {{from}} - INTERVAL 1 DAY
    AND occurred_at < {{to}} + INTERVAL 1 DAY
    AND NOT bot
GROUP BY form, session_id, if(session_id = toUUID('00000000-0000-0000-0000-000000000000'), ({{person}}, toDate(occurred_at)), (0, toDate(0)))
HAVING started >= {{from}} AND started < {{to}} AND argMin({{filters}}, (occurred_at, id))
