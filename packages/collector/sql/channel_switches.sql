-- question: From which channel do people go on to which other?
-- unit: a touch that began in the period: a session, or, without one, a person's day on a channel (UTC)
-- definition: A touch is on the channel of its first event. It moves to the channel of the same person's
--   next touch, if that begins within {days} days; else to none (empty). Share: of the touches of the
--   channel (in the group). Filters and groups look at the first event of the touch that is left.
--   Interval: Wilson 95 %; times are from the start of one touch to that of the next.
-- caveat: Bots, the channel `server` and what customers do not do themselves (message_sent,
--   contact_resolved) are left out. Touches of the last {days} days may yet move.
SELECT
    {{groupKey}}
    touchChannel AS fromChannel,
    toChannel,
    count() AS moves,
    uniqExact(person) AS people,
    sum(moves) OVER (PARTITION BY {{groupKey}} touchChannel) AS touches,
    {{share(moves, touches)}} AS share,
    {{wilsonLow(moves, touches)}} AS low,
    {{wilsonHigh(moves, touches)}} AS high,
    if(toChannel = '', NULL, quantileExactInclusive(0.5)(delay)) AS medianSeconds
FROM
(
    SELECT
        *,
        leadInFrame(began, 1, toUInt64(0)) OVER ofPerson AS next,
        if(next > 0 AND next <= began + {days:UInt16} * 86400000, leadInFrame(touchChannel) OVER ofPerson, '') AS toChannel,
        (next - began) / 1000 AS delay
    FROM
    (
        SELECT
            {{person}} AS person,
            {{groupFirst}}
            argMin({{filters}}, (occurred_at, id)) AS chosen,
            toUInt64(toUnixTimestamp64Milli(min(occurred_at))) AS began,
            argMin(id, (occurred_at, id)) AS beginning,
            CAST(argMin(channel, (occurred_at, id)), 'String') AS touchChannel
        FROM {{events}}
        WHERE {{site}}
            -- A session lasts 24 hours at most.
            AND occurred_at >= {{from}} - INTERVAL 1 DAY
            AND occurred_at < {{to}} + INTERVAL {days:UInt16} DAY + INTERVAL 1 DAY
            AND name NOT IN ('message_sent', 'contact_resolved')
            AND channel NOT IN ('', 'server')
            AND NOT bot
        GROUP BY person, session_id, if(session_id = toUUID('00000000-0000-0000-0000-000000000000'), (channel, toDate(occurred_at)), ('', toDate(0)))
    )
    WINDOW ofPerson AS (PARTITION BY person ORDER BY began, beginning ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
)
WHERE chosen
    AND began >= toUnixTimestamp64Milli({{from}})
    AND began < toUnixTimestamp64Milli({{to}})
GROUP BY {{groupKey}} fromChannel, toChannel
ORDER BY {{groupKey}} touches DESC, fromChannel, moves DESC, toChannel
LIMIT 10000
