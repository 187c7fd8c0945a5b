-- What brought each person, in its order: the acquisition channel and the campaign of the first event of
-- each session that tells one; without a session, of each event.
SELECT winner, arraySort(groupArray(touch)) AS touches
FROM
(
    SELECT
        {{person}} AS winner,
        (
            min(occurred_at),
            min(id),
            argMin(CAST(acquisition_channel, 'String'), (occurred_at, id)),
            argMin(CAST(campaign_name, 'String'), (occurred_at, id))
        ) AS touch
    FROM {{events}}
    WHERE {{site}}
        AND acquisition_channel != ''
        AND occurred_at < {{to}}
        AND NOT bot
    GROUP BY winner, session_id, if(session_id = toUUID('00000000-0000-0000-0000-000000000000'), id, session_id)
)
GROUP BY winner
