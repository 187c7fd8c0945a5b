-- The acquisition channel of each session: the first page says where a visit came from, the pages
-- after it have the site itself as referrer. A session lasts 24 hours at most.
SELECT session_id AS origin_session, argMin(acquisition_channel, (occurred_at, id)) AS origin_channel
FROM events
WHERE {{site}}
    AND acquisition_channel != ''
    AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
    AND occurred_at >= {{from}} - INTERVAL 1 DAY
    AND occurred_at < {{to}} + INTERVAL 1 DAY
GROUP BY origin_session
