-- How each session ended: the last outcome that one of its events tells. A page view, with which most
-- sessions begin, tells none. A session lasts 24 hours at most.
SELECT session_id AS ending_session, argMax(outcome, (occurred_at, id)) AS session_outcome
FROM events
WHERE {{site}}
    AND outcome != ''
    AND session_id != toUUID('00000000-0000-0000-0000-000000000000')
    AND occurred_at >= {{from}} - INTERVAL 1 DAY
    AND occurred_at < {{to}} + INTERVAL 1 DAY
GROUP BY ending_session
