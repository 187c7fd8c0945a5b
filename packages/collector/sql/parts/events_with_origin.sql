-- Events whose acquisition channel is that of their session: the first page says where a visit came
-- from, the pages after it have the site itself as referrer. A session lasts 24 hours at most.
SELECT
    * EXCEPT acquisition_channel,
    person_key,
    ifNull(nullIf(origin.channel, ''), acquisition_channel) AS acquisition_channel
FROM events
GLOBAL LEFT JOIN
(
    SELECT session_id, argMin(acquisition_channel, (occurred_at, id)) AS channel
    FROM events
    WHERE {{site}}
        AND acquisition_channel != ''
        AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
        AND occurred_at >= fromUnixTimestamp64Milli({{from}}, 'UTC') - INTERVAL 1 DAY
        AND occurred_at < fromUnixTimestamp64Milli({{to}}, 'UTC')
    GROUP BY session_id
) AS origin ON events.session_id = origin.session_id
WHERE {{read}}
